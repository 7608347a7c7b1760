import { statusOf } from '../../../test/fixtures/statuses.ts';
import { type Scene, type Scenes, snapshotOf } from '../scene.ts';
import { PASTES } from './popup.ts';
import { BY_CODE, FOREIGN } from './statuses.ts';

const fresh: Scene = { snapshot: snapshotOf([]) };
const pairedWith = (status: Parameters<typeof statusOf>[0]): Scene => ({
  snapshot: snapshotOf([statusOf(status)]),
  isPinned: true,
});

export const WELCOME: Scenes = {
  fresh,
  pinned: { ...fresh, isPinned: true },
  pasted: {
    ...fresh,
    acts: [{ paste: PASTES['setup-code'], into: '[data-testid=pairing-link]' }],
  },
  approval: pairedWith(BY_CODE.approval),
  'needs-you': pairedWith(BY_CODE['needs-you']),
  done: pairedWith({}),
  foreign: { ...pairedWith({ name: FOREIGN.name, address: FOREIGN.address }), isForeign: true },
};

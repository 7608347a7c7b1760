import { beforeEach, expect, it, vi } from 'vitest';
import { dropDraft, keepDraft, readDraft } from '../../../src/browser/page/draft.ts';

const session = vi.hoisted(() => ({ items: {} as Record<string, unknown>, isGone: false }));

vi.mock('../../../src/browser/api.ts', () => ({
  default: {
    storage: {
      session: {
        get: async (key: string) => {
          if (session.isGone) throw new Error('gone');
          return key in session.items ? { [key]: session.items[key] } : {};
        },
        set: async (items: Record<string, unknown>) => {
          if (session.isGone) throw new Error('gone');
          Object.assign(session.items, items);
        },
      },
    },
  },
}));

const NOTHING = { place: null, gatewayId: null, address: null };

beforeEach(() => {
  session.items = {};
  session.isGone = false;
});

it('keeps what was begun, part by part, and drops it when it came to its end', async () => {
  expect(await readDraft()).toEqual(NOTHING);
  void keepDraft({ place: 'again', gatewayId: 'g1' });
  await keepDraft({ address: 'ws://127.0.0.1:18789' });
  expect(await readDraft()).toMatchObject({
    place: 'again',
    gatewayId: 'g1',
    address: 'ws://127.0.0.1:18789',
  });
  await dropDraft();
  expect(await readDraft()).toMatchObject(NOTHING);
});

it('lasts a quarter of an hour', async () => {
  await keepDraft({ place: 'new' }, 1_000_000);
  expect(await readDraft(1_000_000 + 14 * 60_000)).toMatchObject({ place: 'new' });
  expect(await readDraft(1_000_000 + 16 * 60_000)).toEqual(NOTHING);
  // A clock that was set back says nothing about how long it lay there.
  expect(await readDraft(1_000_000 - 16 * 60_000)).toEqual(NOTHING);
});

it.each([null, 1, 'x', [], {}, { place: 'x', gatewayId: null, address: null, at: Date.now() }])(
  'takes no notice of %j',
  async (kept) => {
    session.items = { draft: kept };
    expect(await readDraft()).toEqual(NOTHING);
  },
);

it('costs nothing where there is no memory', async () => {
  session.isGone = true;
  await keepDraft({ place: 'new' });
  expect(await readDraft()).toEqual(NOTHING);
});

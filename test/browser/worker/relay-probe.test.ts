/** What a look at a relay costs. */
import { expect, it, vi } from 'vitest';
import { lookAtRelay } from '../../../src/browser/worker/relay-probe.ts';
import type { Sight } from '../../../src/relay/look.ts';

const visited: string[] = [];
let answers: (address: string) => Sight = () => 'not-upgraded';

vi.mock('../../../src/browser/knock.ts', () => ({ knockAt: async () => 'answered' }));
vi.mock('../../../src/browser/permissions.ts', () => ({ hasHostAccess: async () => false }));
vi.mock('../../../src/browser/worker/relay-socket.ts', () => ({
  async visitRelay(address: string) {
    visited.push(address);
    return { sight: answers(address), words: null, instance: null };
  },
}));

const target = (profile: string | null) =>
  ({ address: 'ws://127.0.0.1:1', place: 'gateway', profile, isKeyMeant: false, method: 'socket' }) as const;

it.each([
  ['each that failed counts, also the second one of an address', 'work', 'not-upgraded', 2, 2],
  ['without a profile there is one', null, 'not-upgraded', 1, 1],
  ['one that was opened without the profile did not fail', 'work', 'relay', 2, 1],
] as const)('[L9] %s', async (_, profile, without, made, failed) => {
  visited.length = 0;
  answers = (address) => (profile !== null && !address.includes('profile') ? without : 'not-upgraded');
  const look = await lookAtRelay({ generation: 'v2', looks: [target(profile)] }, null);
  expect(visited).toHaveLength(made);
  expect(look.failedHandshakes).toBe(failed);
});

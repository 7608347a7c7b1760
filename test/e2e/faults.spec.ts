/** The short version of `npm run test:faults`: the quick ones, which leave the gateway that they share as it was. */
import { play } from '../../labs/faults/play.ts';
import { SCENES } from '../../labs/faults/scenes.ts';
import { expect, test } from './fixtures.ts';

const WITHOUT_GATEWAY = ['nothing-listens', 'port-resets', 'web-server-404', 'socket-other', 'name-unknown'];
const WITH_GATEWAY = [
  'approval-pending',
  'token-rotated',
  'token-revoked',
  'wrong-secret',
  'scopes-narrowed',
  'platform-changed',
  'identity-conflict',
  'sealing-key-lost',
  'storage-of-newer-version',
  'browser-offline',
  'protocol-foreign',
  'restart-outlived',
  'gateway-floods',
  'answer-too-large',
];

const faultOf = (name: string) => {
  const fault = SCENES.flatMap(({ faults }) => faults).find((each) => each.name === name);
  if (!fault) throw new Error(`there is no fault ${name}`);
  return fault;
};

for (const name of WITHOUT_GATEWAY) {
  test(name, async () => {
    expect((await play(faultOf(name), null)).problems).toEqual([]);
  });
}

for (const name of WITH_GATEWAY) {
  test(name, async ({ gateway }) => {
    expect((await play(faultOf(name), gateway)).problems).toEqual([]);
  });
}

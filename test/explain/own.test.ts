import { describe, expect, test } from 'vitest';
import { ownEvidence } from '../../src/explain/own.ts';
import type { Statement } from '../../src/explain/types.ts';
import { statusOf } from '../fixtures/statuses.ts';

const told = (facts: Partial<Statement>): Statement => ({
  code: 'gateway-secret-mismatch',
  client: 'cli',
  count: 0,
  closeCode: 1008,
  words: [],
  requestId: null,
  address: null,
  ...facts,
});

const LOCAL = 'ws://127.0.0.1:18789';
const HOME = 'wss://home.example.net';
const local = statusOf({ gatewayId: 'a', code: 'healthy', address: LOCAL, reach: 'loopback' });
const home = statusOf({ gatewayId: 'b', code: 'healthy', address: `${HOME}/oc`, reach: 'public' });

describe('what we know ourselves of the gateway that a text names', () => {
  test('nothing of one that is not ours, and nothing where we have several and the text names none', () => {
    expect(ownEvidence(told({ address: 'ws://192.168.1.20:18789' }), [local, home])).toBeNull();
    expect(ownEvidence(told({}), [local, home])).toBeNull();
    expect(ownEvidence(told({}), [])).toBeNull();
  });

  test('that we are connected, and that the fault is at the client: for sure where the address is the same for all', () => {
    expect(ownEvidence(told({ address: HOME }), [local, home])).toEqual({
      kind: 'connected',
      address: `${HOME}/oc`,
      clientSide: 'sure',
    });
    expect(ownEvidence(told({ address: LOCAL }), [local, home])).toMatchObject({ clientSide: 'perhaps' });
    expect(ownEvidence(told({}), [home])).toMatchObject({ kind: 'connected', clientSide: 'perhaps' });
  });

  test('that we are connected says nothing of whose side it is where the gateway has to approve', () => {
    expect(ownEvidence(told({ code: 'not-paired', address: HOME }), [home])).toMatchObject({
      clientSide: null,
    });
  });

  test('that we have the same trouble, and nothing of another one', () => {
    const down = { ...local, code: 'needs-you', cause: 'gateway-secret-mismatch' } as const;
    expect(ownEvidence(told({ address: LOCAL }), [down])).toEqual({
      kind: 'same',
      address: LOCAL,
      clientSide: null,
    });
    expect(ownEvidence(told({ code: 'not-paired', address: LOCAL }), [down])).toBeNull();
  });
});

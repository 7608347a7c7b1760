/** A relay's challenge, in the shape that 2026.8.1 and 9.6 send, for a key that nobody has. */
import { createHmac } from 'node:crypto';
import type { RelayChallenge } from '../../src/relay/protocol.ts';

export const KEY = '0123456789abcdef'.repeat(4);
/** The first 22 characters of base64url(SHA-256(key bytes)). */
export const KEY_ID = 'SIT9qv6kfCn-pxWdDa3dnA';

/** Everything that a proof covers, in its order. */
export const provenFields = (challenge: RelayChallenge, side: 'server' | 'client'): unknown[] => [
  'openclaw.browser-relay.auth',
  2,
  side,
  challenge.keyId,
  challenge.instanceId,
  challenge.sessionId,
  challenge.clientNonce,
  challenge.serverNonce,
  challenge.issuedAtMs,
  challenge.expiresAtMs,
  challenge.role,
  challenge.transport,
  challenge.method,
  challenge.resource,
  challenge.flow,
];

export function challengeFor(
  question: { keyId: string; clientNonce: string },
  changes: Partial<RelayChallenge> = {},
  key = KEY,
): RelayChallenge {
  const challenge: RelayChallenge = {
    type: 'auth.challenge',
    v: 2,
    keyId: question.keyId,
    instanceId: 'aW5zdGFuY2UtMTIzNDU2Nw',
    sessionId: 'c2Vzc2lvbi0xMjM0NTY3OA',
    clientNonce: question.clientNonce,
    serverNonce: 'c2VydmVyLW5vbmNlLXdpdGgtdGhpcnR5LXR3by1ieXQ',
    issuedAtMs: 1_795_190_439_170,
    expiresAtMs: 1_795_190_449_170,
    role: 'extension',
    transport: 'websocket',
    method: 'GET',
    resource: '/browser/extension',
    flow: 'extension',
    serverProof: '',
    ...changes,
  };
  const serverProof =
    changes.serverProof ??
    createHmac('sha256', Buffer.from(key, 'hex'))
      .update(JSON.stringify(provenFields(challenge, 'server')))
      .digest('base64url');
  return { ...challenge, serverProof };
}

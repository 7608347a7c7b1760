import { describe, expect, it } from 'vitest';
import {
  answersHello,
  challengeRequest,
  completeRequest,
  helloFrame,
  parseLegacyStatus,
  parseRelayFrame,
  type RelayChallenge,
  signedText,
} from '../../src/relay/protocol.ts';
import { challengeFor, KEY_ID, provenFields } from '../fixtures/relay.ts';

const QUESTION = { keyId: KEY_ID, clientNonce: 'bm9uY2Utbm9uY2Utbm9uY2Utbm9uY2Utbm9uY2Utbm8' };

describe('the relay’s frames', () => {
  it('says hello with exactly the four keys that a relay takes', () => {
    expect(JSON.parse(helloFrame(QUESTION))).toEqual({ type: 'auth.hello', v: 2, ...QUESTION });
  });

  it('reads a challenge', () => {
    const challenge = challengeFor(QUESTION);
    expect(parseRelayFrame(JSON.stringify(challenge))).toEqual({ type: 'challenge', challenge });
  });

  it.each<Partial<Record<keyof RelayChallenge, unknown>>>([
    { v: 3 },
    { keyId: 'short' },
    { serverNonce: `${'a'.repeat(42)}=` },
    { sessionId: 7 },
    { issuedAtMs: '1795190439170' },
    { role: 'owner' },
    { method: 'POST' },
    { serverProof: null },
  ])('takes no challenge of another shape for proof: %j', (changes) => {
    const frame = parseRelayFrame(JSON.stringify({ ...challengeFor(QUESTION), ...changes }));
    expect(frame).toEqual({ type: 'challenge', challenge: null });
  });

  it('knows a plain gateway by what it says first', () => {
    const greeting = { type: 'event', event: 'connect.challenge', payload: { nonce: 'n', ts: 1 } };
    expect(parseRelayFrame(JSON.stringify(greeting))).toEqual({ type: 'gateway' });
  });

  it.each(['', 'hello', 'null', '[]', '{"type":"event","event":"tick"}', '{"type":"hello"}'])(
    'calls %j foreign',
    (text) => expect(parseRelayFrame(text)).toEqual({ type: 'foreign' }),
  );

  it.each([
    ['{"connected":true}', { isAttached: true }],
    ['{"connected":false}', { isAttached: false }],
    ['{"connected":"yes"}', null],
    ['OK', null],
    ['<html>', null],
  ])('reads the legacy status %s', (text, status) => expect(parseLegacyStatus(text)).toEqual(status));
});

describe('[L11] what a proof is about', () => {
  it.each(['server', 'client'] as const)('signs every field of the challenge, as %s', (side) => {
    const challenge = challengeFor(QUESTION);
    expect(signedText(challenge, side)).toBe(JSON.stringify(provenFields(challenge, side)));
  });

  it('counts only as an answer to what was asked', () => {
    expect(answersHello(challengeFor(QUESTION), QUESTION, '/browser/extension')).toBe(true);
    for (const changes of [
      { keyId: 'x'.repeat(22) },
      { clientNonce: 'x'.repeat(43) },
      { role: 'cdp' },
      { transport: 'connection' },
      { method: 'SEQUENCE' },
      { flow: 'cdp' },
      { resource: '/extension?profile=other' },
    ] as const) {
      const answered = answersHello(challengeFor(QUESTION, changes), QUESTION, '/browser/extension');
      expect(answered, JSON.stringify(changes)).toBe(false);
    }
  });

  it('allows for a proxy that serves the gateway below a path', () => {
    expect(answersHello(challengeFor(QUESTION), QUESTION, '/oc/browser/extension')).toBe(true);
  });

  it('asks over HTTP with exactly the keys that a relay takes', () => {
    expect(JSON.parse(challengeRequest(QUESTION))).toEqual({
      v: 2,
      ...QUESTION,
      role: 'cdp',
      transport: 'connection',
      method: 'SEQUENCE',
      resource: '/json/version -> /cdp',
      flow: 'cdp',
    });
    expect(JSON.parse(completeRequest('s', 'p'))).toEqual({ v: 2, sessionId: 's', clientProof: 'p' });
  });
});

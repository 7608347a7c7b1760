import { describe, expect, it, vi } from 'vitest';
import { recognise } from '../../src/pairing/recognise.ts';
import { pasteFeedback } from '../../src/words/paste-feedback.ts';
import { problemSentence } from '../../src/words/problems.ts';
import { NOW } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const look = (text: string, address: string | null = null) =>
  pasteFeedback(recognise(text, { now: NOW, ...(address === null ? {} : { address }) }), address, NOW);

const setupCode = (url: string): string =>
  btoa(JSON.stringify({ url, bootstrapToken: 'abcDEF123456', expiresAtMs: NOW + 600_000 }));

describe('the sentence for a pasted text', () => {
  it('says what a setup code is for and how long it lasts', () => {
    const seen = look(setupCode('ws://127.0.0.1:18789'));
    expect(seen.sentence).toBe('Setup code for ws://127.0.0.1:18789, valid until 14:13');
    expect(seen).toMatchObject({ problem: null, needsSecret: false, remembersByDefault: null, cautions: [] });
  });

  it('remembers a gateway secret by default on this computer alone', () => {
    expect(look('ws://127.0.0.1:18789#some-gateway-token').remembersByDefault).toBe(true);
    expect(look('wss://gateway.example.com#some-gateway-token').remembersByDefault).toBe(false);
  });

  it('takes a bare secret to be for the gateway of its card', () => {
    const seen = look('some-gateway-token', 'wss://gateway.example.com');
    expect(seen.sentence).toContain('wss://gateway.example.com');
    expect(seen.cautions).toEqual([]);
  });

  it('asks for the secret of a mere address', () => {
    expect(look('wss://gateway.example.com')).toMatchObject({ needsSecret: true, problem: null });
  });

  it('warns of an unencrypted network and of another gateway than the one on the card', () => {
    const seen = look(setupCode('ws://192.168.1.20:18789'), 'ws://127.0.0.1:18789');
    expect(seen.cautions).toHaveLength(2);
  });

  it('takes a relay key anywhere but on a card that asks for a credential', () => {
    const text = `ws://127.0.0.1:18799/extension#${'ab'.repeat(32)}`;
    expect(look(text)).toMatchObject({ isUsable: true, problem: null, needsSecret: false });
    expect(look(text).sentence).toContain('ws://127.0.0.1:18799/extension');
    expect(look(text, 'ws://127.0.0.1:18789').problem).toBe('relay-pairing-string');
  });

  it('never repeats a secret', () => {
    for (const text of [
      'some-gateway-token',
      'ws://127.0.0.1:18789#some-gateway-token',
      'some-gateway-token!§',
    ]) {
      expect(JSON.stringify(look(text))).not.toContain('some-gateway-token');
    }
    const key = 'ab'.repeat(32);
    expect(JSON.stringify(look(`ws://127.0.0.1:18799/extension#${key}`))).not.toContain(key);
  });

  it.each([
    ['', 'empty'],
    ['x'.repeat(200_000), 'too-long'],
    ['hello there, my friend', 'not-recognised'],
    ['ws://127.0.0.1:18799/extension#abc', 'relay-pairing-string'],
    ['ws://gateway.example.com:18789#some-gateway-token', 'insecure-public'],
  ])('has a reason and a sentence of its own for what cannot be used', (text, problem) => {
    const seen = look(text);
    expect(seen).toMatchObject({ isUsable: false, problem });
    expect(seen.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('shows the code of a problem that it does not know', () => {
    expect(problemSentence('from-the-future')).toContain('from-the-future');
    expect(problemSentence('toString')).toContain('toString');
  });
});

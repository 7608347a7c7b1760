import { describe, expect, it, vi } from 'vitest';
import { clockTime, gatewayName } from '../../src/browser/i18n.ts';
import { recognise } from '../../src/pairing/recognise.ts';
import { foreign } from '../../src/ui/foreign.ts';
import { problemSentence } from '../../src/ui/problems.ts';
import { see } from '../../src/ui/seen.ts';
import { countdown, span } from '../../src/ui/time.ts';
import { NOW } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const look = (text: string, address: string | null = null) =>
  see(recognise(text, { now: NOW, ...(address === null ? {} : { address }) }), address, NOW);

const setupCode = (url: string): string =>
  btoa(JSON.stringify({ url, bootstrapToken: 'abcDEF123456', expiresAtMs: NOW + 600_000 }));

describe('times', () => {
  it('count down in seconds, rounded up, so that 0 is never shown too early', () => {
    expect(countdown(11_001)).toBe('12 s');
    expect(countdown(252_000)).toBe('4 min 12 s');
    expect(countdown(-5)).toBe('0 s');
  });

  it('say how long something took in the unit that fits', () => {
    expect([span(4.2), span(812), span(1_440), span(180_000)]).toEqual(['4 ms', '812 ms', '1.4 s', '3 min']);
  });

  it('name the day of another day', () => {
    expect(clockTime(NOW, NOW)).toBe('14:03');
    expect(clockTime(NOW, NOW, { seconds: true })).toBe('14:03:12');
    expect(clockTime(NOW - 86_400_000, NOW)).toBe('19 Nov, 14:03');
  });

  it('follow a user who travels', () => {
    const at = Date.UTC(2026, 10, 20, 12, 0);
    const timeIn = (zone: string): string => {
      vi.stubEnv('TZ', zone);
      return clockTime(at, at);
    };
    expect(['Europe/Berlin', 'Asia/Tokyo', 'Europe/Berlin'].map(timeIn)).toEqual(['13:00', '21:00', '13:00']);
    vi.unstubAllEnvs();
  });
});

describe('the name of a gateway', () => {
  it.each([
    ['ws://127.0.0.1:18789', 'loopback', 'Local gateway'],
    ['ws://127.0.0.1:19001', 'loopback', 'Local gateway, port 19001'],
    ['ws://nas.home.arpa:18789', 'private', 'nas.home.arpa'],
    ['wss://gateway.example.com/openclaw', 'public', 'gateway.example.com'],
    ['wss://gateway.example.com:8443', 'public', 'gateway.example.com:8443'],
    ['ws://[fd12::1]:18789', 'private', '[fd12::1]'],
    ['not an address', 'public', 'not an address'],
  ])('%s is %s %s', (address, reach, name) => {
    expect(gatewayName({ name: null, address, reach })).toBe(name);
  });
});

describe("a gateway's own words", () => {
  it('cannot turn the reading direction, break the line or hide', () => {
    expect(foreign('a\u202eb\u2066c\u0000d\ne\u200bf')).toBe('a b c d e f');
  });

  it('are cut short', () => {
    expect(foreign('x'.repeat(500))).toHaveLength(240);
    expect(foreign('x'.repeat(500)).endsWith('…')).toBe(true);
  });
});

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

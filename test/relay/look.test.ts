import { describe, expect, it } from 'vitest';
import { planLook, type RelayScene } from '../../src/relay/look.ts';

const scene = (changes: Partial<RelayScene> = {}): RelayScene => ({
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  serverVersion: '2026.9.6',
  key: null,
  isChromium: true,
  ...changes,
});
const keyAt = (address: string, profile: string | null = null) => ({
  serial: 's',
  address,
  profile,
  addedAt: 1,
  provenAt: null,
});
const looks = (changes?: Partial<RelayScene>): string[] =>
  planLook(scene(changes)).looks.map(
    ({ method, address, profile, isKeyMeant }) =>
      `${method} ${address}${profile ? `?${profile}` : ''}${isKeyMeant ? ' key' : ''}`,
  );

describe('[L2] where to look', () => {
  it('at both addresses of a current relay', () => {
    expect(looks()).toEqual([
      'socket ws://127.0.0.1:18789/browser/extension',
      'socket ws://127.0.0.1:18799/extension',
    ]);
  });

  it('with the key at both, on one computer', () => {
    expect(looks({ key: keyAt('ws://127.0.0.1:18799/extension') })).toEqual([
      'socket ws://127.0.0.1:18789/browser/extension key',
      'socket ws://127.0.0.1:18799/extension key',
    ]);
  });

  it('at the very port and with the profile that the pairing string names', () => {
    expect(looks({ key: keyAt('ws://127.0.0.1:20001/extension', 'work') })).toEqual([
      'socket ws://127.0.0.1:18789/browser/extension key',
      'socket ws://127.0.0.1:20001/extension?work key',
    ]);
    expect(looks({ key: keyAt('ws://127.0.0.1:18789/browser/extension', 'work') })[0]).toBe(
      'socket ws://127.0.0.1:18789/browser/extension?work key',
    );
  });

  it('at the gateway alone where its computer is another one', () => {
    const far = { address: 'wss://home.example.com', reach: 'public' } as const;
    expect(looks(far)).toEqual(['socket wss://home.example.com/browser/extension']);
    expect(looks({ ...far, key: keyAt('wss://home.example.com/browser/extension') })).toEqual([
      'socket wss://home.example.com/browser/extension key',
    ]);
  });

  it('at this computer’s relay alone where its gateway is far: its key is none of the gateway’s', () => {
    const key = keyAt('ws://127.0.0.1:18799/extension');
    expect(looks({ address: 'wss://home.example.com', reach: 'public', key })).toEqual([
      'socket ws://127.0.0.1:18799/extension key',
    ]);
  });

  it('[L6] never with a WebSocket at the first new relay, key or not', () => {
    for (const serverVersion of ['2026.7.1', '2026.7.33', '2026.7.2-beta.1', '2026.8.1-beta.1']) {
      for (const key of [null, keyAt('ws://127.0.0.1:18799/extension')]) {
        const { looks: all } = planLook(scene({ serverVersion, key }));
        expect(all.map(({ method }) => method)).toEqual(['http', 'http']);
      }
    }
  });

  it('[L6] shows the key to the first new relay on this computer’s own port alone', () => {
    const serverVersion = '2026.7.1';
    expect(looks({ serverVersion, key: keyAt('ws://127.0.0.1:18799/extension') })).toEqual([
      'http ws://127.0.0.1:18789/browser/extension',
      'http ws://127.0.0.1:18799/extension key',
    ]);
    expect(looks({ serverVersion, key: keyAt('ws://192.168.1.5:18799/extension') })).toEqual([
      'http ws://127.0.0.1:18789/browser/extension',
      'http ws://192.168.1.5:18799/extension',
    ]);
  });

  it('at the status of a legacy relay, and only on its own computer', () => {
    expect(looks({ serverVersion: '2026.3.13' })).toEqual(['status ws://127.0.0.1:18792/extension/status']);
    expect(looks({ serverVersion: '2026.3.13', address: 'wss://a.example.com', reach: 'public' })).toEqual(
      [],
    );
  });

  it('nowhere in a version without relay', () => {
    expect(planLook(scene({ serverVersion: '2026.5.28' }))).toEqual({ generation: 'none', looks: [] });
  });

  it('of an unknown version as harms none: no key in any way that the first new relay takes', () => {
    expect(looks({ serverVersion: 'dev' })).toEqual([
      'socket ws://127.0.0.1:18789/browser/extension',
      'status ws://127.0.0.1:18792/extension/status',
    ]);
  });

  it('without WebSockets in a browser whose extensions no relay lets in, and without the key', () => {
    const key = keyAt('ws://127.0.0.1:18799/extension');
    expect(looks({ isChromium: false, key })).toEqual([
      'http ws://127.0.0.1:18789/browser/extension',
      'http ws://127.0.0.1:18799/extension',
    ]);
  });

  it('at no port that does not exist', () => {
    expect(looks({ address: 'ws://127.0.0.1:65530' })).toHaveLength(1);
    expect(looks({ address: 'wss://localhost.localhost' })).toHaveLength(1);
  });
});

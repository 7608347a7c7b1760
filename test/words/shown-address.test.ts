import { describe, expect, it } from 'vitest';
import { dashboardOf, shortAddress, withoutSecrets } from '../../src/words/shown-address.ts';

describe('an address', () => {
  it.each([
    ['ws://127.0.0.1:18789', 'ws://127.0.0.1:18789'],
    ['wss://anna:hunter2@home.example/claw', 'wss://home.example/claw'],
    ['wss://home.example/claw?token=hunter2', 'wss://home.example/claw'],
    ['wss://home.example/#token=hunter2', 'wss://home.example'],
    ['wss://[::1]:18789', 'wss://[::1]:18789'],
    ['anna:hunter2@home example#hunter2', 'home example'],
    ['wss://anna:hunter2@home example?hunter2', 'wss://home example'],
  ])('%s is copied as %s', (address, copied) => {
    expect(withoutSecrets(address)).toBe(copied);
  });

  it('keeps both its ends when it is shortened', () => {
    const short = shortAddress(`wss://${'a'.repeat(200)}.example.net:65535`);
    expect(short.length).toBeLessThanOrEqual(28);
    expect(short).toMatch(/^wss:\/\/a+….*\.net:65535$/);
    expect(shortAddress('ws://127.0.0.1:18789')).toBe('ws://127.0.0.1:18789');
  });
});

describe('the page of devices', () => {
  it.each([
    ['ws://127.0.0.1:18789', 'http://127.0.0.1:18789/nodes'],
    ['wss://gw.example', 'https://gw.example/nodes'],
    // `gateway.controlUi.basePath`, as it stands in a dashboard link, or the path of a proxy.
    ['ws://127.0.0.1:18789/claw', 'http://127.0.0.1:18789/claw/nodes'],
    ['wss://gw.example/a/b', 'https://gw.example/a/b/nodes'],
    ['ws://[::1]:18789', 'http://[::1]:18789/nodes'],
  ])('of %s is %s', (address, page) => expect(dashboardOf(address)).toBe(page));

  it('is asked for without any secret, and of nothing but a gateway', () => {
    expect(dashboardOf('wss://anna:secret@gw.example/claw?token=secret#token=secret')).toBe(
      'https://gw.example/claw/nodes',
    );
    for (const address of ['', 'javascript:alert(1)', 'chrome-extension://a', 'ws://'])
      expect(dashboardOf(address)).toBeNull();
  });
});

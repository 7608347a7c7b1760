import { expect, test } from 'vitest';
import { readdressed } from '../../src/pairing/readdressed.ts';
import type { Reach } from '../../src/reach.ts';

test.each<[string, Reach, string, Reach]>([
  ['ws://127.0.0.1:18789/chat', 'loopback', 'ws://127.0.0.1:18789', 'loopback'],
  ['wss://gw.example/oc/nodes', 'public', 'wss://gw.example/oc', 'public'],
  ['wss://box.tail1.ts.net', 'public', 'wss://box.tail1.ts.net', 'private'],
])('what was stored as %s (%s) is %s (%s)', (address, reach, now, far) => {
  expect(readdressed({ id: 'a', address, reach })).toEqual({ id: 'a', address: now, reach: far });
});

test.each<[string, Reach]>([
  ['wss://gw.example/oc', 'public'],
  ['ws://127.0.0.1:18789', 'loopback'],
  // It would not be read today, and may be one that works.
  ['ftp://gw.example', 'public'],
])('%s stays as it is', (address, reach) => {
  const gateway = { address, reach };
  expect(readdressed(gateway)).toBe(gateway);
});

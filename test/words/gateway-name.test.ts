import { describe, expect, it, vi } from 'vitest';
import { gatewayName } from '../../src/words/gateway-name.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

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

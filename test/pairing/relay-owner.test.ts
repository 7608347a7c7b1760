import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/pairing/recognise.ts';
import { relayOwner } from '../../src/pairing/relay-owner.ts';
import { HEX64 } from '../fixtures/pairing.ts';

const GATEWAYS = [
  { id: 'usual', address: 'ws://127.0.0.1:18789' },
  { id: 'second', address: 'ws://127.0.0.1:19001' },
  { id: 'far', address: 'wss://home.example.com' },
];

function owner(address: string, pastedOn: string | null = null): string | null {
  const paste = recognise(`${address}#${HEX64}`);
  if (paste.kind !== 'relay-key') throw new Error(`${paste.kind} is no relay key`);
  return relayOwner(paste, GATEWAYS, pastedOn);
}

describe('whose relay a pairing string is', () => {
  it.each([
    [
      'that of the gateway it names',
      'ws://127.0.0.1:18799/extension?gateway=ws%3A%2F%2F127.0.0.1%3A19001',
      'second',
    ],
    [
      'a far one’s, on the computer of the browser',
      'ws://127.0.0.1:18799/extension?gateway=wss%3A%2F%2Fhome.example.com',
      'far',
    ],
    ['that of the gateway at the same address', 'wss://home.example.com/browser/extension', 'far'],
    ['that of the gateway ten ports below', 'ws://localhost:19011/extension', 'second'],
    ['nobody’s that we know', 'ws://127.0.0.1:20000/extension', null],
    ['nor is a neighbour’s neighbour ours', 'wss://other.example.com/browser/extension', null],
  ])('%s: %s', (_, address, id) => expect(owner(address)).toBe(id));

  it('is the card’s own where it names none that we know', () => {
    const tunnelled = 'ws://127.0.0.1:20000/extension?gateway=ws%3A%2F%2F127.0.0.1%3A19990';
    expect(owner(tunnelled, 'far')).toBe('far');
    expect(owner(tunnelled, 'forgotten')).toBeNull();
    expect(owner('wss://home.example.com/browser/extension', 'usual')).toBe('far');
  });
});

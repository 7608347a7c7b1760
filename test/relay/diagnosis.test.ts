import { describe, expect, it } from 'vitest';
import { bearingOf, type RelayCause } from '../../src/relay/causes.ts';
import { diagnoseRelay, type RelayContext } from '../../src/relay/diagnosis.ts';
import type { RelayGeneration } from '../../src/relay/generation.ts';
import type { Observation, Sight } from '../../src/relay/look.ts';

const ROUTE = 'ws://127.0.0.1:18789/browser/extension';
const PORT = 'ws://127.0.0.1:18799/extension';

const SIGHTS: readonly Sight[] = [
  'refused',
  'silent',
  'listens',
  'not-upgraded',
  'locked',
  'profile-refused',
  'gateway',
  'relay',
  'proved',
  'unproved',
  'key-refused',
  'busy',
  'foreign',
];

const seen = (
  place: Observation['place'],
  sight: Sight,
  attached: Observation['attached'] = 'unseen',
  instance: string | null = null,
): Observation => ({
  address: place === 'gateway' ? ROUTE : PORT,
  place,
  sight,
  words: null,
  attached,
  instance,
});

interface Look extends Partial<RelayContext> {
  generation?: RelayGeneration;
  route?: Sight | null;
  port?: Sight | null;
  attached?: Observation['attached'];
}

function find({ generation = 'v2', route = null, port = null, attached = 'unseen', ...context }: Look) {
  const observations = [
    ...(route === null ? [] : [seen('gateway', route)]),
    ...(port === null ? [] : [seen('relay', port, attached)]),
  ];
  return diagnoseRelay({ generation, looks: [] }, observations, {
    reach: 'loopback',
    isKeyHeld: false,
    wasKeyProven: false,
    ...context,
  });
}

describe('[L4] a current relay on this computer', () => {
  it.each<[Look, RelayCause, string | null]>([
    [{ route: 'proved', port: 'proved' }, 'relay-key-proved', PORT],
    [{ route: 'proved', port: 'proved', attached: 'yes' }, 'relay-attached', PORT],
    [{ route: 'proved', port: 'proved', attached: 'no' }, 'relay-not-attached', PORT],
    [{ route: 'relay', port: 'relay' }, 'relay-answers', PORT],
    [{ route: 'relay', port: 'refused' }, 'relay-asleep', PORT],
    [{ route: 'proved', port: 'refused' }, 'relay-asleep', PORT],
    [{ route: 'gateway', port: 'refused' }, 'relay-plugin-missing', ROUTE],
    [{ route: 'key-refused', port: 'refused' }, 'relay-key-rejected', ROUTE],
    [{ route: 'key-refused', port: 'key-refused' }, 'relay-key-rejected', ROUTE],
    [{ route: 'key-refused', port: 'refused', wasKeyProven: true }, 'relay-key-rotated', ROUTE],
    [{ route: 'profile-refused', port: 'refused' }, 'relay-profile-unknown', ROUTE],
    [{ route: 'proved', port: 'profile-refused' }, 'relay-profile-unknown', PORT],
    [{ route: 'busy', port: 'refused' }, 'relay-busy', ROUTE],
    [{ route: 'proved', port: 'busy' }, 'relay-busy', PORT],
    [{ route: 'silent', port: 'refused' }, 'relay-not-answering', ROUTE],
    [{ route: 'relay', port: 'silent' }, 'relay-not-answering', PORT],
    [{ route: 'relay', port: 'foreign' }, 'relay-port-taken', PORT],
    [{ route: 'relay', port: 'not-upgraded' }, 'relay-port-taken', PORT],
    [{ route: 'relay', port: 'gateway' }, 'relay-port-taken', PORT],
    [{ route: 'proved', port: 'key-refused' }, 'relay-port-taken', PORT],
    [{ route: 'proved', port: 'unproved' }, 'relay-not-proved', PORT],
    [{ route: 'unproved', port: 'refused' }, 'relay-not-proved', ROUTE],
    [{ route: 'foreign', port: 'refused' }, 'relay-unreachable', ROUTE],
    [{ route: 'refused', port: 'refused' }, 'relay-unreachable', ROUTE],
    // A relay of its own process does without the gateway's plugin.
    [{ route: 'gateway', port: 'proved' }, 'relay-key-proved', PORT],
    [{ route: 'listens', port: 'listens' }, 'relay-unseen', ROUTE],
    [{}, 'relay-unseen', null],
  ])('%j: %s', (look, cause, address) => {
    expect(find(look)).toMatchObject({ cause, address, generation: 'v2' });
  });

  it('[L5] a refused upgrade means that the gateway holds no key', () => {
    expect(find({ route: 'not-upgraded', port: 'refused' }).cause).toBe('relay-never-paired');
    expect(find({ route: 'not-upgraded', port: 'not-upgraded', isKeyHeld: true }).cause).toBe(
      'relay-key-rejected',
    );
    expect(find({ route: 'not-upgraded', isKeyHeld: true, wasKeyProven: true }).cause).toBe(
      'relay-key-rotated',
    );
  });

  it('[L5] but not behind a proxy, unless the route could be read', () => {
    expect(find({ route: 'not-upgraded', reach: 'public' }).cause).toBe('relay-unreachable');
    expect(find({ route: 'locked', reach: 'public' }).cause).toBe('relay-never-paired');
  });
});

describe('[L13] whose process has the relay’s own port', () => {
  const process = (route: string | null, port: string | null) =>
    diagnoseRelay(
      { generation: 'v2', looks: [] },
      [
        seen('gateway', route === null ? 'relay' : 'proved', 'unseen', route),
        seen('relay', port === null ? 'refused' : 'proved', 'unseen', port),
      ],
      { reach: 'loopback', isKeyHeld: true, wasKeyProven: true },
    ).process;

  it.each([
    ['one', 'one', 'gateway'],
    ['one', 'two', 'another'],
    ['one', null, null],
    [null, 'two', null],
  ])('the gateway’s address was proved by %s, the port by %s: %s', (route, port, expected) => {
    expect(process(route, port)).toBe(expected);
  });
});

describe('a current relay elsewhere', () => {
  it.each<[Look, RelayCause]>([
    [{ route: 'relay' }, 'relay-answers'],
    [{ route: 'proved' }, 'relay-key-proved'],
    // This computer's browser with a gateway far away: nobody but the relay itself could say that it sleeps.
    [{ port: 'refused' }, 'relay-unreachable'],
    [{ port: 'proved' }, 'relay-key-proved'],
    [{ port: 'key-refused' }, 'relay-key-rejected'],
  ])('%j: %s', (look, cause) => expect(find({ ...look, reach: 'public' }).cause).toBe(cause));
});

describe('[L6] the first new relay, over HTTP alone', () => {
  it.each<[Look, RelayCause]>([
    [{ route: 'listens', port: 'refused' }, 'relay-asleep'],
    [{ route: 'listens', port: 'listens' }, 'relay-listens'],
    [{ route: 'listens' }, 'relay-unseen'],
    [{ route: 'relay' }, 'relay-answers'],
    [{ route: 'relay', port: 'relay' }, 'relay-answers'],
    [{ route: 'gateway', port: 'refused' }, 'relay-plugin-missing'],
    [{ route: 'relay', port: 'foreign' }, 'relay-port-taken'],
    [{ route: 'relay', port: 'proved', attached: 'yes' }, 'relay-attached'],
    [{ route: 'relay', port: 'proved', attached: 'no' }, 'relay-not-attached'],
    [{ route: 'relay', port: 'key-refused' }, 'relay-key-rejected'],
    [{ route: 'relay', port: 'key-refused', wasKeyProven: true }, 'relay-key-rotated'],
    [{ route: 'relay', port: 'silent' }, 'relay-not-answering'],
  ])('%j: %s', (look, cause) => expect(find({ ...look, generation: 'v1' }).cause).toBe(cause));
});

describe('a legacy relay', () => {
  it.each<[Look, RelayCause]>([
    [{ port: 'relay', attached: 'yes' }, 'relay-attached'],
    [{ port: 'relay', attached: 'no' }, 'relay-not-attached'],
    [{ port: 'listens' }, 'relay-listens'],
    [{ port: 'refused' }, 'relay-unreachable'],
    [{ port: 'foreign' }, 'relay-port-taken'],
    [{}, 'relay-unseen'],
  ])('%j: %s', (look, cause) => expect(find({ ...look, generation: 'legacy' }).cause).toBe(cause));
});

describe('[L3] a version that says nothing', () => {
  it.each<[Look, RelayCause, RelayGeneration]>([
    [{ route: 'relay' }, 'relay-answers', 'v2'],
    [{ route: 'key-refused', port: 'refused' }, 'relay-key-rejected', 'v2'],
    [{ route: 'gateway', port: 'relay', attached: 'yes' }, 'relay-attached', 'legacy'],
    [{ route: 'gateway', port: 'listens' }, 'relay-listens', 'unknown'],
    // No plugin, or a version without one: nobody knows.
    [{ route: 'gateway', port: 'refused' }, 'relay-unseen', 'unknown'],
    [{ route: 'not-upgraded', port: 'refused' }, 'relay-unseen', 'unknown'],
  ])('%j: %s', (look, cause, generation) => {
    expect(find({ ...look, generation: 'unknown' })).toMatchObject({ cause, generation });
  });
});

describe('whatever is seen', () => {
  const all = (['legacy', 'v1', 'v2', 'unknown', 'none'] as const).flatMap((generation) =>
    ([null, ...SIGHTS] as const).flatMap((route) =>
      ([null, ...SIGHTS] as const).flatMap((port) =>
        (['loopback', 'public'] as const).map((reach) => ({ generation, route, port, reach })),
      ),
    ),
  );

  it('proves nothing that was not seen', () => {
    for (const look of all) {
      const { cause, isKeyProven, attached } = find(look);
      const at = JSON.stringify(look);
      const isProofSeen = look.route === 'proved' || look.port === 'proved';
      expect(isKeyProven, at).toBe(isProofSeen);
      expect(attached, at).toBe('unseen');
      if (bearingOf(cause) === 'proved') expect(isProofSeen, at).toBe(true);
      if (cause === 'relay-attached' || cause === 'relay-not-attached') expect.unreachable(at);
      if (look.generation === 'none') expect(cause).toBe('relay-not-in-version');
    }
  });

  it('blames the key only where the key was refused, or none can be there', () => {
    for (const look of all) {
      const { cause } = find({ ...look, isKeyHeld: false });
      const isRefused = look.route === 'key-refused' || look.port === 'key-refused';
      if (cause === 'relay-key-rejected') expect(isRefused, JSON.stringify(look)).toBe(true);
      expect(cause).not.toBe('relay-key-rotated');
    }
  });
});

/** What users suffer from, and which diagnosis says so: one row for every known scenario of the field. */
import { describe, expect, it } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import type { Diagnosis, RemedyFacts } from '../../src/remedy/types.ts';
import type { RemedyId } from '../../src/remedy/ways.ts';
import { remediesFor } from '../../src/remedy/what-helps.ts';
import { factsOf } from '../fixtures/remedy-facts.ts';

type Scenario =
  | {
      readonly name: string;
      readonly codes: readonly Diagnosis[];
      /** A remedy that the first code must offer, under these circumstances. */
      readonly helps?: readonly [RemedyId, Partial<RemedyFacts>?];
    }
  | { readonly name: string; readonly unseen: string };

const SCENARIOS: Readonly<Record<number, Scenario>> = {
  1: {
    name: 'stale device token',
    codes: ['device-token-mismatch', 'device-token-unstable'],
    helps: ['new-setup-code'],
  },
  2: { name: 'wrong shared secret', codes: ['gateway-secret-mismatch'], helps: ['show-secret'] },
  3: { name: 'first connection waits for approval', codes: ['not-paired'], helps: ['approve'] },
  4: { name: 'no secret sent', codes: ['gateway-secret-missing', 'no-credential', 'gateway-secret-unset'] },
  5: {
    name: 'relay refuses the key',
    codes: ['relay-key-rejected', 'relay-key-rotated', 'relay-not-proved'],
    helps: ['pair-official-extension'],
  },
  6: { name: 'needs device identity', codes: ['device-identity-required'] },
  7: { name: 'origin refused', codes: ['origin-not-allowed'], helps: ['allow-origin'] },
  8: {
    name: 'loopback suddenly needs pairing after an update',
    codes: ['not-paired', 'devices-forgotten'],
    helps: ['update', { serverVersion: '2026.4.14' }],
  },
  9: { name: 'relay extension drops and stays dead', codes: ['relay-not-attached', 'relay-unreachable'] },
  10: {
    name: 'relay does not listen after a restart',
    codes: ['relay-asleep', 'relay-unreachable'],
    helps: ['wake-relay'],
  },
  11: {
    name: 'protocol mismatch',
    codes: ['gateway-too-old', 'gateway-too-new', 'protocol-mismatch'],
    helps: ['update'],
  },
  12: {
    name: 'gateway silently down or crash-looping',
    codes: ['gateway-unreachable', 'gateway-flapping'],
    helps: ['gateway-start'],
  },
  13: { name: 'scope upgrade deadlock', codes: ['scope-upgrade', 'scope-mismatch'], helps: ['approve'] },
  14: {
    name: 'connected but powerless',
    unseen: 'We ask for operator.read alone and use nothing beyond it, so no answer of the gateway tells us.',
  },
  15: { name: 'locked out', codes: ['rate-limited'], helps: ['wait'] },
  16: {
    name: 'service still runs the old token',
    codes: ['gateway-secret-mismatch'],
    helps: ['reinstall-service'],
  },
  17: {
    name: 'port held by a zombie',
    codes: ['restart-outlived', 'gateway-mute', 'not-a-gateway'],
    helps: ['port-owner'],
  },
  18: { name: 'client never recovers after a restart', codes: ['gateway-restarting', 'connection-lost'] },
  19: {
    name: 'handshake starves',
    codes: ['handshake-timeout', 'gateway-slow'],
    helps: ['gateway-stability'],
  },
  20: { name: 'approve says unknown request', codes: ['not-paired'], helps: ['approve'] },
  21: {
    name: 'wrong port',
    codes: ['not-a-gateway', 'handshake-failed', 'relay-port-taken'],
    helps: ['check-address'],
  },
  22: {
    name: 'Windows and WSL have a loopback each',
    codes: ['gateway-unreachable'],
    helps: ['maybe-in-wsl', { platform: 'windows' }],
  },
  23: {
    name: 'command line and gateway are different installs',
    unseen:
      'A browser sees the gateway’s version and never that of the command line; it shows the one for comparison.',
  },
  24: {
    name: 'container not reachable from its host',
    // A reset before HTTP looks to a browser like a refusal.
    codes: ['gateway-unreachable', 'handshake-failed'],
    helps: ['publish-port', { platform: 'docker' }],
  },
  25: {
    name: 'Tailscale or proxy pairing and attribution',
    // A 403 to the upgrade is invisible to a WebSocket: what is left is a handshake that failed.
    codes: ['proxy-identity-missing', 'not-paired', 'handshake-failed'],
    helps: ['use-proxy-address'],
  },
  26: {
    name: 'paired store lost or corrupt',
    codes: ['devices-forgotten', 'device-token-unstable'],
    helps: ['doctor'],
  },
  27: {
    name: 'Windows task does not come back',
    codes: ['gateway-restarting', 'gateway-unreachable'],
    helps: ['gateway-start'],
  },
  28: { name: 'clock skew', codes: ['clock-skew', 'clock-ahead', 'clock-behind'], helps: ['sync-clock'] },
  29: { name: 'two gateways fight', codes: ['gateways-alternate'], helps: ['gateway-status'] },
  30: { name: 'an update forces a new approval', codes: ['metadata-upgrade'], helps: ['approve'] },
  31: {
    name: 'false health verdicts',
    unseen:
      'A fault of other probes. The doctor has a step each for listening, ready, admitted and accepted.',
  },
  32: { name: 'this version has no relay', codes: ['relay-not-in-version'], helps: ['update'] },
  33: { name: 'starting, not broken', codes: ['gateway-starting', 'gateway-unavailable'], helps: ['wait'] },
  34: { name: 'sleep and wake', codes: ['gateway-not-answering'] },
  35: { name: 'a proxy cuts idle sockets', codes: ['idle-cut'], helps: ['raise-proxy-timeout'] },
  36: {
    name: 'an extension blames the gateway for everything',
    unseen: 'A fault of another extension; ours names the cause.',
  },
  37: {
    name: 'extension-only client can never pair',
    codes: ['gateway-secret-missing'],
    helps: ['new-setup-code'],
  },
  38: {
    name: 'two browsers, one relay slot',
    unseen:
      'Who holds the slot is told to nobody, and we never take it; that none does is relay-not-attached.',
  },
  39: {
    name: 'identity evaporates',
    unseen:
      'To the gateway each start is a new browser (not-paired); the doctor’s EXT-IDENTITY looks at the window.',
  },
  40: {
    name: 'accepted, but with the wrong credential',
    unseen: 'Nothing is refused. “Forget this gateway” is on every card.',
  },
  41: {
    name: 'wrong kind of code pasted',
    codes: ['setup-code-rejected', 'setup-code-expired'],
    helps: ['new-setup-code'],
  },
  42: {
    name: 'extension older than the gateway',
    codes: ['gateway-too-new', 'client-not-accepted'],
    helps: ['update-extension'],
  },
  43: { name: 'relay port clash', codes: ['relay-port-taken'], helps: ['relay-port-owner'] },
  44: {
    name: 'look-alike extensions',
    unseen: 'An extension cannot see which others are installed, and we ask for no such right.',
  },
  45: {
    name: 'password mode',
    codes: ['gateway-password-missing', 'gateway-password-mismatch'],
    helps: ['enter-password'],
  },
};

describe('the scenarios of the field', () => {
  it('are all there', () => {
    expect(Object.keys(SCENARIOS).map(Number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
  });

  it.each(Object.entries(SCENARIOS))('%s has a diagnosis and what helps, or a reason', (_, scenario) => {
    if ('unseen' in scenario) {
      expect(scenario.unseen).toMatch(/^[A-Z].{30,}\.$/);
      return;
    }
    expect(scenario.codes.filter((code) => !(code in DIAGNOSES))).toEqual([]);
    const [first] = scenario.codes;
    if (first === undefined) throw new Error('no code');
    const [helps, facts] = scenario.helps ?? [];
    const ids = remediesFor(first, factsOf(facts)).map(({ id }) => id);
    if (helps) expect(ids).toContain(helps);
    else expect(ids.length).toBeGreaterThan(0);
  });

  it('are seen, but for those that no browser can see', () => {
    const unseen = Object.values(SCENARIOS).filter((scenario) => 'unseen' in scenario);
    expect(unseen.length).toBeLessThanOrEqual(8);
  });
});

/** What real gateways of four versions logged, and what is told of it. */
import { describe, expect, it } from 'vitest';
import { curesFor } from '../../src/explain/cures.ts';
import { explain } from '../../src/explain/explain.ts';
import { hear } from '../../src/others/log.ts';
import { meet } from '../../src/others/presence.ts';
import { statementOf, storiesOf } from '../../src/others/standing.ts';
import { nothingKnown, type Others } from '../../src/others/state.ts';
import { OTHERS_VERSIONS, othersCapture, READ_AT, readerOf } from '../fixtures/others.ts';

/** Situation, and who is refused with what, in each version unless one is named; empty where nobody is. */
const TOLD: Readonly<Record<string, string | Partial<Record<string, string>>>> = {
  nothing: '',
  'cli-not-paired': 'unknown not-paired',
  'cli-approved': '',
  'cli-connected': '',
  'cli-more-scopes': 'cli scope-upgrade',
  'cli-other-role': 'cli role-upgrade',
  'cli-rotated': 'cli device-token-mismatch',
  'cli-removed': 'unknown not-paired',
  'cli-wrong-secret': { otherwise: 'cli gateway-secret-mismatch', '2026.2.21': 'cli device-token-mismatch' },
  'cli-no-credential': 'cli gateway-secret-missing',
  'cli-bad-setup-code': { otherwise: 'cli setup-code-rejected', '2026.2.21': 'unknown client-not-accepted' },
  'cli-old-protocol': 'cli protocol-mismatch',
  'cli-bad-signature': 'cli device-auth-invalid',
  'dashboard-wrong-secret': {
    otherwise: 'dashboard gateway-secret-mismatch',
    '2026.2.21': 'dashboard device-token-mismatch',
  },
  'dashboard-other-origin': 'dashboard origin-not-allowed',
  'dashboard-connected': {
    otherwise: '',
    '2026.8.1': 'dashboard protocol-mismatch',
    '2026.9.6': 'dashboard protocol-mismatch',
  },
  'dashboard-rotated': 'dashboard device-token-mismatch',
  'node-not-paired': 'unknown not-paired',
  'node-approved': '',
  'node-connected': '',
  'tui-wrong-secret': {
    otherwise: 'tui gateway-secret-mismatch',
    '2026.2.21': 'unknown client-not-accepted',
  },
  'ios-wrong-secret': {
    otherwise: 'phone gateway-secret-mismatch',
    '2026.2.21': 'phone device-token-mismatch',
  },
  'android-wrong-secret': {
    otherwise: 'phone gateway-secret-mismatch',
    '2026.2.21': 'phone device-token-mismatch',
  },
  'macos-wrong-secret': {
    otherwise: 'operator gateway-secret-mismatch',
    '2026.2.21': 'operator device-token-mismatch',
  },
  'command-wrong-secret': {
    otherwise: 'operator gateway-secret-mismatch',
    '2026.2.21': 'operator device-token-mismatch',
  },
  'own-wrong-secret': '',
  'own-not-paired': '',
};

const told = (others: Others): string[] =>
  storiesOf(others, READ_AT).map(({ client, code }) => `${client.kind} ${code}`);

describe.each(OTHERS_VERSIONS)('%s', (version) => {
  const capture = othersCapture(version);
  const reader = readerOf(capture);
  const heard = (...situations: string[]): Others =>
    situations.reduce(
      (others, each) => hear(others, capture.situations[each]?.lines ?? [], reader, false),
      nothingKnown(0),
    );

  it.each(Object.entries(TOLD))('[O7] %s', (situation, expected) => {
    const wanted = typeof expected === 'string' ? expected : (expected[version] ?? expected.otherwise ?? '');
    expect(told(heard(situation))).toEqual(wanted === '' ? [] : [wanted]);
  });

  it('[O4] names none of our own attempts', () => {
    for (const situation of ['own-wrong-secret', 'own-not-paired'])
      expect(capture.situations[situation]?.lines.some((line) => line.includes('"handshake":"failed"'))).toBe(
        true,
      );
    expect(told(heard('own-wrong-secret', 'own-not-paired'))).toEqual([]);
  });

  it('[O5] tells one client and one cause once, with the request that waits', () => {
    const [story, ...more] = storiesOf(heard('cli-not-paired', 'cli-not-paired-again'), READ_AT);
    expect(more).toEqual([]);
    expect(story).toMatchObject({ count: 2, standing: 'refused', client: { address: '192.0.2.7' } });
    expect(story?.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(curesFor(statementOf(story as NonNullable<typeof story>, 'ws://127.0.0.1:18789'))[0]?.id).toBe(
      'approve-request',
    );
  });

  it('[O8] an approval ends it, and so does a node that connects', () => {
    const approved = heard('cli-not-paired', 'cli-approved');
    expect(storiesOf(approved, READ_AT).map(({ standing }) => standing)).toEqual(['approved']);
    const refused = heard('node-not-paired');
    const list = capture.situations['node-connected']?.presence;
    const at = READ_AT + 60_000;
    const met = meet(refused, later(list, at), { ...reader, now: at, isFollowed: true });
    expect(storiesOf(met, at).map(({ client, standing }) => [client.kind, client.name, standing])).toEqual([
      ['node', 'box', 'connected'],
    ]);
  });

  it('[O6] a node is there, and then it has left', () => {
    const here = meet(nothingKnown(0), capture.situations['node-connected']?.presence, {
      ...reader,
      isFollowed: false,
    });
    expect(
      here.visitors.filter(({ mode }) => mode === 'node').map(({ host, reason }) => [host, reason]),
    ).toEqual([['box', 'connect']]);
    // [O12] It was there when we came: since when is not said.
    expect(here.visitors.every(({ onlineSince }) => onlineSince === null)).toBe(true);
    const followed = { ...reader, isFollowed: true };
    const left = meet(here, capture.situations['node-connected-left']?.presence, followed);
    expect(left.visitors.filter(({ mode }) => mode === 'node').map(({ reason }) => reason)).toEqual([
      'disconnect',
    ]);
    expect(meet(left, capture.situations['node-connected-left']?.presence, followed)).toBe(left);
    // Once more, later: it is there since then.
    const at = READ_AT + 60_000;
    const again = meet(left, later(capture.situations['node-connected']?.presence, at), {
      ...followed,
      now: at,
    });
    expect(again.visitors.find(({ mode }) => mode === 'node')?.onlineSince).toBe(at);
  });

  it('says the same as the explanation of the same lines', () => {
    for (const [situation, { lines }] of Object.entries(capture.situations)) {
      const stories = storiesOf(hear(nothingKnown(0), lines, reader, false), READ_AT);
      if (stories.length !== 1) continue;
      const codes = explain(lines.join('\n')).statements.map(({ code }) => code);
      if (codes.length > 0) expect([situation, ...codes]).toEqual([situation, stories[0]?.code]);
    }
  });

  it('[O1] keeps no sentence, no secret and no whole device id', () => {
    const kept = JSON.stringify(heard(...Object.keys(capture.situations)));
    expect(/closed before|guidance|placeholder|peer=/.exec(kept)?.[0]).toBeUndefined();
    for (const device of Object.values(capture.devices))
      expect(kept.includes(device.slice(0, 13))).toBe(false);
    expect(kept.length).toBeLessThan(20_000);
  });
});

/** The list as a gateway gives it at that time. */
const later = (list: unknown, at: number): unknown => (list as object[]).map((each) => ({ ...each, ts: at }));

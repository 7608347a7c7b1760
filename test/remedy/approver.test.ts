import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { APPROVER_ANSWER_IDS, approverAnswer, remediesForApprover } from '../../src/remedy/approver.ts';
import { PLATFORMS, REMEDY_EFFECTS, type RemedyFacts } from '../../src/remedy/types.ts';
import { remediesFor } from '../../src/remedy/what-helps.ts';
import { MESSAGES } from '../fakes/browser-api.ts';
import { factsOf, VERSIONS } from '../fixtures/remedy-facts.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const REQUEST = factsOf().requestId;

/** What stands under each answer, in every version and place. */
const everything = APPROVER_ANSWER_IDS.flatMap((id) =>
  PLATFORMS.flatMap((platform) =>
    VERSIONS.map((serverVersion) => {
      const facts = factsOf({ platform, serverVersion });
      return { id, facts, remedies: remediesForApprover(id, facts) };
    }),
  ),
);

const commandsOf = (id: (typeof APPROVER_ANSWER_IDS)[number], facts: Partial<RemedyFacts>) =>
  remediesForApprover(id, factsOf(facts)).map(({ command }) => command);

describe('a command that was to approve us and says', () => {
  it('one of these is answered, each in words of its own', () => {
    expect(APPROVER_ANSWER_IDS.map((id) => approverAnswer(id).says.at(0))).toEqual([
      'pairing required',
      'scope upgrade pending approval',
      'missing scope: operator.admin',
      'device-ownership-mismatch',
      'unknown requestId',
      'device token mismatch',
      'gateway token mismatch',
      '1006 abnormal closure',
      'Not Found',
      undefined,
    ]);
    const sentences = APPROVER_ANSWER_IDS.map(
      (id) => MESSAGES[`approver_${id.replaceAll('-', '_')}`]?.message,
    );
    expect(new Set(sentences).size).toBe(APPROVER_ANSWER_IDS.length);
    expect(sentences).not.toContain(undefined);
  });

  it('has no text that nobody reads', () => {
    const own = ['says', 'says_nothing', 'dashboard_first', 'packages'];
    const known = [...own, ...APPROVER_ANSWER_IDS.map((id) => id.replaceAll('-', '_'))];
    const keys = Object.keys(MESSAGES).filter((key) => key.startsWith('approver_'));
    expect(keys.sort()).toEqual(known.map((key) => `approver_${key}`).sort());
  });

  it('has a command in every version and place, nothing that changes the gateway, and mild ones first', () => {
    for (const { id, remedies } of everything) {
      expect(remedies.filter(({ command }) => command !== null).length, id).toBeGreaterThan(0);
      const ranks = remedies
        .filter(({ effect }) => effect !== 'reads')
        .map(({ effect }) => REMEDY_EFFECTS.indexOf(effect));
      expect(Math.max(0, ...ranks), id).toBeLessThanOrEqual(REMEDY_EFFECTS.indexOf('pairs'));
      for (const { command } of remedies) execFileSync('/bin/sh', ['-n', '-c', command ?? '']);
    }
  });

  it.each([
    ['linux', `openclaw devices approve ${REQUEST}`],
    ['wsl', `openclaw devices approve ${REQUEST}`],
    ['windows', `openclaw devices approve ${REQUEST}`],
    // Not `run`, which makes a new container: `exec` is where the gateway keeps its list.
    ['docker', `docker compose exec openclaw-gateway node dist/index.js devices approve ${REQUEST}`],
    ['podman', `podman exec openclaw node dist/index.js devices approve ${REQUEST}`],
    [
      'kubernetes',
      `kubectl exec -n openclaw deploy/openclaw -- node dist/index.js devices approve ${REQUEST}`,
    ],
  ] as const)('%s: is run beside the gateway, where it has rights', (platform, command) => {
    for (const id of [
      'pairing-required',
      'scope-upgrade',
      'missing-scope',
      'device-token',
      'credentials',
    ] as const)
      expect(commandsOf(id, { platform })[0]).toBe(command);
  });

  it('another one than that of the card, where the card’s makes a container of its own', () => {
    const facts = factsOf({ platform: 'docker' });
    const [shown] = remediesFor('not-paired', facts);
    expect(commandsOf('pairing-required', facts)).not.toContain(shown?.command);
  });

  it('that the id is gone looks for the id that there is now', () => {
    expect(commandsOf('unknown-request', {})[0]).toBe('openclaw devices list');
  });

  it('never names an id that the gateway no longer has', () => {
    for (const id of APPROVER_ANSWER_IDS) {
      for (const command of commandsOf(id, { requestId: null })) expect(command).not.toMatch(/approve/);
    }
  });
});

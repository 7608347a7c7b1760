import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideFindings } from '../../src/inside/findings.ts';
import { mayAskConfig, mayAskJobs } from '../../src/inside/questions.ts';
import { readHealth } from '../../src/inside/read-process.ts';
import { readFailedJobs } from '../../src/inside/read-work.ts';
import { readRestart } from '../../src/inside/restart.ts';
import { INSIDE_METHODS } from '../../src/inside/types.ts';
import { answered, CAPTURED, insideOf } from './fixtures.ts';

const AROUND = { reach: 'loopback', origin: 'chrome-extension://ours' } as const;

/** What a gateway writes in the place of a secret. */
const MARKER = '__OPENCLAW_REDACTED__';
const SECRET = 'placeholder-gateway-secret';

describe('what is read', () => {
  it('[I3] holds no secret, also where the gateway sent one along', () => {
    const sent = CAPTURED.filter(({ answers: said }) => JSON.stringify(said).includes(SECRET));
    for (const { answers: said, version } of CAPTURED) {
      const kept = JSON.stringify(insideOf(said));
      expect(kept, version).not.toContain(SECRET);
      expect(kept, version).not.toContain(MARKER);
    }
    // [I4] Whoever sends it is not asked.
    for (const { version } of sent) expect(mayAskConfig(version), version).toBe(false);
  });

  it.each([
    ['2026.2.21', true],
    ['2026.5.28', true],
    ['2026.6.11', true],
    ['2026.6.12', false],
    ['2026.6.33', false],
    ['2026.7.35', false],
    ['2026.8.1', false],
    ['2026.8.2', false],
    ['2026.8.3', false],
    ['2026.8.33', false],
    ['2026.9.0', false],
    ['2026.9.1-beta.1', false],
    ['2026.9.1', true],
    ['2026.9.6', true],
    ['2026.10.1', true],
    ['somebody’s own', false],
    [null, false],
  ])('[I4] %s is asked for its configuration: %s', (version, isAsked) => {
    expect(mayAskConfig(version)).toBe(isAsked);
  });

  it('[I5] of scheduled jobs not what they tell their agents', () => {
    const jobs = [
      {
        name: 'a',
        enabled: true,
        lastRunStatus: 'error',
        lastRunError: 'said',
        payload: { message: 'said' },
      },
    ];
    const told = readFailedJobs({ jobs });
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('said');
  });

  it.each([
    ['2026.5.28', false],
    ['2026.8.1-beta.1', false],
    ['2026.8.1', true],
    [null, false],
  ])('[I5] %s is asked for its scheduled jobs: %s', (version, isAsked) => {
    expect(mayAskJobs(version)).toBe(isAsked);
  });

  it('[I2] no more than a dozen of a list, and no text that is longer than a sentence', () => {
    const errors = Array.from({ length: 5_000 }, (_, index) => ({
      id: `p${index}`,
      error: 'x\u202e'.repeat(4_000),
    }));
    const health = readHealth({ plugins: { errors, unavailable: [] } });
    expect(health?.pluginErrors).toHaveLength(12);
    for (const { words } of health?.pluginErrors ?? []) {
      expect(words.length).toBeLessThanOrEqual(240);
      expect(words).not.toContain('\u202e');
    }
  });

  it('[I2] whatever a gateway says, nothing throws, and what is kept stays small', () => {
    const hostile = fc.oneof(
      fc.anything({ withNullPrototype: true, maxDepth: 4 }),
      fc.record({
        config: fc.anything(),
        issues: fc.anything(),
        events: fc.anything(),
        counts: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(hostile, (payload) => {
        const said = Object.fromEntries(INSIDE_METHODS.map((method) => [method, answered(payload)]));
        const inside = insideOf(said);
        expect(JSON.stringify(insideFindings(inside, AROUND)).length).toBeLessThan(100_000);
        readRestart(payload);
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { pastOfProcess } from '../../src/inside/past.ts';
import { readRestart, restartRisk, riskIn } from '../../src/inside/restart.ts';
import { stopCommand } from '../../src/remedy/what-helps.ts';
import { CAPTURED } from './fixtures.ts';

const NONE = { queueSize: 0, pendingReplies: 0, embeddedRuns: 0 };

describe('whose work a restart cuts off', () => {
  it.each([
    [NONE, []],
    [{ ...NONE, rootRequests: 4, totalActive: 4 }, []],
    [{ ...NONE, embeddedRuns: 2, pendingReplies: 1 }, ['runs 2', 'replies 1']],
    [{ ...NONE, queueSize: 3 }, ['operations 3']],
    [{ ...NONE, queueSize: 3, embeddedRuns: 1 }, ['runs 1']],
    [
      { ...NONE, backgroundExecSessions: 1, cronRuns: 1, activeTasks: 3 },
      ['programs 1', 'jobs 1', 'tasks 3'],
    ],
  ])('[I9] %j', (counts, expected) => {
    const facts = readRestart({ safe: true, counts });
    const risk = facts && restartRisk(facts);
    expect(risk?.work.map(({ kind, count }) => `${kind} ${count}`)).toEqual(expected);
    expect(risk?.isSafe).toBe(expected.length === 0);
  });

  it.each([
    undefined,
    null,
    {},
    { counts: {} },
    { counts: { queueSize: 0 } },
    { counts: { ...NONE, queueSize: '0' } },
  ])('[I9] %j counts nothing, and proves no rest', (payload) => {
    expect(readRestart(payload)).toBeUndefined();
  });

  it.each(
    CAPTURED.flatMap((each) => {
      const answer = each.answers['gateway.restart.preflight'];
      return answer?.type === 'answered' ? [[each.version, each.condition, answer] as const] : [];
    }),
  )('%s, %s', (_, condition, answer) => {
    expect(riskIn(answer)?.isSafe).toBe(condition !== 'busy');
  });
});

describe('what an interruption was', () => {
  const LAST = { startedAt: 100_000, endedAt: 110_000 };
  it.each([
    // Running for as long, read at 200 s.
    [95_000, { kind: 'restarted', processStartedAt: 105_000, awayMs: 10_000 }],
    [150_000, { kind: 'reloaded', processStartedAt: 50_000, awayMs: 10_000 }],
    // Nearer than clocks can be trusted.
    [101_000, null],
    // Younger than the interruption: there was another one since.
    [10_000, null],
    [null, null],
  ])('[I10] the process runs for %s ms', (uptimeMs, expected) => {
    expect(pastOfProcess(LAST, uptimeMs, 200_000)).toEqual(expected);
  });

  it('[I10] is not said where none is known', () => {
    expect(pastOfProcess(null, 1_000, 200_000)).toBeNull();
  });
});

describe('the command that ends exactly one process', () => {
  it.each([
    [4_802, 'linux', 'kill 4802'],
    [4_802, 'windows', 'taskkill /PID 4802'],
    [7, 'docker', null],
    [1, 'linux', null],
    [0, 'linux', null],
    [-5, 'linux', null],
    [1.5, 'linux', null],
    [null, 'linux', null],
  ] as const)('%s on %s', (pid, platform, command) => {
    expect(stopCommand(pid, platform)).toBe(command);
  });
});

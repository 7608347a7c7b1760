import { describe, expect, it, vi } from 'vitest';
import { CAUSES } from '../../src/gateway/causes.ts';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import { explanationOf, stateWord } from '../../src/words/explanation.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

describe('what happened, what we did, what you do', () => {
  it.each(STATUS_CODES)('has all lines for %s, or none where nothing has to be told', (code) => {
    const explanation = explanationOf(statusOf({ code }), NOW);
    if (code === 'healthy' || code === 'not-set-up') {
      expect(explanation).toBeNull();
      return;
    }
    const lines = [explanation?.title, explanation?.happened, explanation?.did];
    for (const line of lines) expect(line).toMatch(/^[A-Z].* .*[^_]$/);
    expect(stateWord({ code, cause: null })).not.toContain('_');
  });

  it.each(CAUSES)('names the remedies of %s, and what it means meanwhile', (cause) => {
    const explanation = explanationOf(statusOf({ code: 'needs-you', cause }), NOW);
    expect(explanation?.diagnosis).toBe(cause);
    expect(explanation?.impact).toMatch(/^[A-Z].*\.$/);
  });

  it('asks nothing of the user while we are working on it', () => {
    for (const code of ['reconnecting', 'starting'] as const) {
      for (const cause of CAUSES) {
        expect(explanationOf(statusOf({ code, cause }), NOW)).toMatchObject({
          todo: null,
          diagnosis: null,
        });
      }
    }
  });

  it('offers what helps once an outage lasts', () => {
    const explanation = explanationOf(statusOf({ code: 'down', cause: 'gateway-unreachable' }), NOW);
    expect(explanation?.diagnosis).toBe('gateway-unreachable');
  });

  it('tells a running repair from one that lacks a secret', () => {
    const cause = 'device-token-mismatch';
    expect(explanationOf(statusOf({ code: 'reconnecting', cause }), NOW)?.did).toContain(
      'saved gateway secret',
    );
    expect(explanationOf(statusOf({ code: 'needs-you', cause }), NOW)?.did).toContain(
      'we can’t get a new one',
    );
  });

  it('says of a repair how long it took', () => {
    const notice = { kind: 'repaired', at: NOW, cause: 'device-token-mismatch', tookMs: 812 } as const;
    const explanation = explanationOf(statusOf({ code: 'healed', notice }), NOW);
    expect(explanation?.did).toContain('812 ms');
    expect(explanation?.todo).toBeNull();
  });

  it('gives a person the credit for what a person approved', () => {
    const notice = { kind: 'repaired', at: NOW, cause: 'not-paired', tookMs: 81_200 } as const;
    const explanation = explanationOf(statusOf({ code: 'healed', notice }), NOW);
    expect(explanation?.title).toBe('Reconnected');
    expect(explanation?.did).toBe('You approved this browser, and it’s connected again.');
    expect(explanation?.happened).toBe('The gateway stopped accepting this browser’s device token.');
  });

  it('[D4] tells what was announced as over once it is, with its time', () => {
    const stopped = { code: 'down', cause: 'gateway-stopping' } as const;
    expect(stateWord(stopped)).toBe('Stopped');
    expect(explanationOf(statusOf(stopped), NOW)).toMatchObject({
      title: 'The gateway was stopped',
      happened: 'It stopped in an orderly way at 14:02 and hasn’t been back since.',
      diagnosis: 'gateway-stopping',
    });
    const overdue = explanationOf(statusOf({ code: 'down', cause: 'gateway-restarting' }), NOW);
    expect(overdue?.happened).toBe('It announced a restart at 14:02 and hasn’t been back since.');
    expect(overdue?.diagnosis).toBe('gateway-restarting');
  });

  it('does not call what never was connected lost', () => {
    expect(stateWord({ code: 'reconnecting', cause: 'gateway-unreachable', provenAt: null })).toBe(
      'Connecting',
    );
    expect(stateWord({ code: 'reconnecting', cause: 'gateway-unreachable', provenAt: NOW })).toBe(
      'Reconnecting',
    );
  });

  it('does not call a gateway that shuts down a starting one', () => {
    expect(stateWord({ code: 'starting', cause: 'gateway-stopping' })).toBe('Shutting down');
    expect(stateWord({ code: 'starting', cause: 'gateway-restarting' })).toBe('Restarting');
    expect(stateWord({ code: 'starting', cause: 'gateway-starting' })).toBe('Starting');
  });
});

import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/checks.ts';
import { locate } from '../../src/doctor/location.ts';
import { decisionPath } from '../../src/doctor/path.ts';
import { QUESTIONS, type QuestionId, questionsFor, UNANSWERED } from '../../src/doctor/questions.ts';
import type { Observations } from '../../src/doctor/types.ts';
import { verdictOf } from '../../src/doctor/verdict.ts';
import { CAUSES } from '../../src/gateway/causes.ts';
import { FINDINGS, type FindingCode } from '../../src/gateway/finding.ts';
import { bearingOf, RELAY_CAUSES, type RelayCause } from '../../src/relay/causes.ts';
import { MESSAGES } from '../fakes/browser-api.ts';
import { healthOf, seenOf } from '../fixtures/observed.ts';

const took = (found: string) => ({ found, tookMs: 5 }) as never;
const judge = (seen: Observations) => verdictOf(seen, examine(seen));
const finding = (code: FindingCode) => ({ code, at: 1, figures: [] });
const relay = (cause: RelayCause, isExpected = true) => ({
  code: bearingOf(cause) === 'fault' && isExpected ? ('relay' as const) : ('healthy' as const),
  relay: { ...healthOf().relay, cause, bearing: bearingOf(cause), isExpected },
});

describe('the verdict', () => {
  it('is empty where all is well, where nothing is set up, and on a paused gateway', () => {
    const nothing = { diagnosis: null, location: null };
    expect(judge(seenOf())).toEqual(nothing);
    expect(judge(seenOf(null, { identity: null, knock: null, http: null }))).toEqual(nothing);
    expect(judge(seenOf({ code: 'paused' }, { knock: null, http: null }))).toEqual(nothing);
  });

  it.each(CAUSES)('is the cause %s that the connection names, where that lies', (cause) => {
    expect(judge(seenOf({ code: 'down', cause }))).toEqual({
      diagnosis: cause,
      location: locate(cause, 'loopback'),
    });
  });

  it.each(FINDINGS)('is what the past proves, where all else is well: %s', (code) => {
    expect(judge(seenOf({ findings: [finding(code)] })).diagnosis).toBe(code);
  });

  it('names the finding behind a cause that is but its symptom', () => {
    const findings = [finding('idle-cut')];
    expect(judge(seenOf({ code: 'reconnecting', cause: 'connection-lost', findings })).diagnosis).toBe(
      'idle-cut',
    );
    expect(judge(seenOf({ code: 'needs-you', cause: 'not-paired', findings })).diagnosis).toBe('not-paired');
  });

  it.each(RELAY_CAUSES)('is the relay’s %s only where that is a fault that somebody misses', (cause) => {
    expect(judge(seenOf(relay(cause))).diagnosis).toBe(bearingOf(cause) === 'fault' ? cause : null);
    expect(judge(seenOf(relay(cause, false)))).toEqual({ diagnosis: null, location: null });
  });

  it('puts before a relay only what may be why it fails', () => {
    const down = relay('relay-unreachable');
    expect(judge(seenOf({ ...down, findings: [finding('gateway-flapping')] })).diagnosis).toBe(
      'gateway-flapping',
    );
    expect(judge(seenOf({ ...down, findings: [finding('clock-ahead')] })).diagnosis).toBe(
      'relay-unreachable',
    );
  });

  it.each([
    [{ worker: took('silent') }, null, 'worker-silent'],
    [{ storage: took('unwritable') }, null, 'storage-unwritable'],
    [{}, 'newer', 'storage-newer'],
  ] as const)('puts this browser’s own fault first: %j %s', (looks, problem, diagnosis) => {
    const seen = seenOf({ code: 'down', cause: 'gateway-unreachable' }, looks as never, problem);
    expect(judge(seen)).toEqual({ diagnosis, location: 'browser' });
  });

  it('tells of a key that could be taken away, once nothing else is wrong', () => {
    const exportable = { identity: took('exportable') } as never;
    expect(judge(seenOf({}, exportable))).toEqual({ diagnosis: 'identity-exportable', location: 'browser' });
    expect(judge(seenOf({ code: 'down', cause: 'gateway-unreachable' }, exportable)).diagnosis).toBe(
      'gateway-unreachable',
    );
  });

  it('does not guess: what took too long on a busy computer is no fault', () => {
    const slow = { storage: took('slow'), identity: took('slow') };
    expect(judge(seenOf({ code: 'down', cause: 'gateway-unreachable' }, slow as never)).location).not.toBe(
      'browser',
    );
  });

  it('does not guess: without a proof or a reason it cannot tell', () => {
    expect(judge(seenOf({ code: 'unknown' }))).toEqual({ diagnosis: null, location: 'unknown' });
    expect(judge(seenOf({ provenAt: 0 }))).toEqual({ diagnosis: null, location: 'unknown' });
  });

  it('says what our own look found while the connection has no word for it yet', () => {
    const seen = seenOf({ code: 'unknown' }, { knock: took('refused'), http: null });
    expect(judge(seen)).toEqual({ diagnosis: 'gateway-unreachable', location: 'gateway' });
  });
});

describe('the way to the cause', () => {
  const answers = (seen: Observations) => decisionPath(examine(seen)).map(({ answer }) => answer);

  it('goes to its end where all is well', () => {
    expect(answers(seenOf())).toEqual(Array(7).fill('yes'));
  });

  it.each([
    ['gateway-unreachable', 0],
    ['not-a-gateway', 1],
    ['gateway-starting', 2],
    ['origin-not-allowed', 3],
    ['gateway-secret-mismatch', 4],
    ['credential-unreadable', 4],
    ['not-paired', 5],
  ] as const)('stops for %s after %d answers, and knows nothing beyond', (cause, stop) => {
    const found = answers(seenOf({ code: 'needs-you', cause }));
    expect(found[stop]).toBe('no');
    expect(found.slice(0, stop)).not.toContain('no');
    expect(found.slice(stop + 1)).toEqual(Array(6 - stop).fill('not-reached'));
  });

  it('stops at its last question for a relay, and is in doubt about a past that stands out', () => {
    expect(answers(seenOf(relay('relay-unreachable'))).at(-1)).toBe('no');
    expect(answers(seenOf({ findings: [finding('gateway-flapping')] })).at(-1)).toBe('unclear');
  });

  it('does not take an online browser for a gateway that listens', () => {
    const seen = seenOf({ code: 'unknown', reach: 'private' }, { knock: null, http: null });
    expect(answers(seen)[0]).toBe('not-reached');
  });
});

describe('the questions to the user', () => {
  it('are none where nothing is wrong', () => {
    expect(questionsFor(null, 'private')).toEqual([]);
  });

  it('ask for the way only to a gateway elsewhere', () => {
    expect(questionsFor('gateway-unreachable', 'loopback')).not.toContain('network_same');
    expect(questionsFor('gateway-unreachable', 'public')[0]).toBe('network_same');
  });

  it('are each asked for some fault, and never more than three at once', () => {
    const asked = new Set<QuestionId>();
    for (const fault of [...CAUSES, ...FINDINGS, ...RELAY_CAUSES]) {
      const ids = questionsFor(fault, 'private');
      expect(ids.length, fault).toBeLessThanOrEqual(3);
      for (const id of ids) asked.add(id);
    }
    expect([...asked].sort()).toEqual(Object.keys(QUESTIONS).sort());
  });

  it.each([...FINDINGS, ...RELAY_CAUSES])(
    '%s is told by a gateway that lets us in: nothing is asked that it could say',
    (fault) => {
      const reasons = questionsFor(fault, 'private').map((id) => UNANSWERED[id]);
      expect(reasons).not.toContain('away');
    },
  );

  it.each(Object.entries(QUESTIONS))('%s has its words, and a conclusion for each answer', (id, answers) => {
    expect(MESSAGES[`question_${id}`]?.message).toMatch(/\?$/);
    for (const answer of answers) {
      expect(MESSAGES[`question_${id}_${answer}_then`]?.message, answer).toMatch(/^[A-Z1].*\.$/);
      const label = answer === 'yes' || answer === 'no' ? `question_${answer}` : `question_${id}_${answer}`;
      expect(MESSAGES[label]?.message, answer).toBeTruthy();
    }
  });
});

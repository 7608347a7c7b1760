import { describe, expect, it, vi } from 'vitest';
import { examine } from '../../../src/doctor/checks.ts';
import { QUESTIONS_OF_PATH } from '../../../src/doctor/path.ts';
import { QUESTIONS } from '../../../src/doctor/questions.ts';
import { CHECKS, LOCATIONS, OMISSIONS, type Outcome, OWN_FAULTS } from '../../../src/doctor/types.ts';
import { CAUSES } from '../../../src/gateway/causes.ts';
import { FINDINGS } from '../../../src/gateway/finding.ts';
import { verdictWords } from '../../../src/pages/doctor/verdict-card.tsx';
import { nameOfCheck, sentenceOf } from '../../../src/pages/doctor/words.ts';
import { RELAY_CAUSES } from '../../../src/relay/causes.ts';
import { nameOf, titleOf } from '../../../src/words/faults.ts';
import { clockTime } from '../../../src/words/time.ts';
import { MESSAGES } from '../../fakes/browser-api.ts';
import { reading } from '../../fixtures/english.ts';
import { seenOf } from '../../fixtures/observed.ts';
import { NOW, statusOf } from '../../fixtures/statuses.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const snake = (code: string): string => code.toLowerCase().replaceAll('-', '_');

/** Sentences that a step has beside its usual ones. */
const SPECIAL = [
  'check_allow',
  'check_skipped_because',
  'check_net_online_local',
  'check_gw_accepts_secret',
  'check_gw_accepts_other',
  'check_gw_clock_same',
  'check_rl_answers_another',
  'check_rl_answers_asleep',
  'check_rl_key_none',
  'check_rl_attached_unseen',
  'check_net_http_warn',
  'check_gw_ready_warn',
  'check_gw_lives_warn',
];

describe('the doctor’s messages', () => {
  it('are those that its codes call for, and no others', () => {
    const expected = [
      ...CHECKS.flatMap((id) => [`check_${snake(id)}_name`, `check_${snake(id)}_pass`]),
      ...['pass', 'note', 'warn', 'fail', 'skip'].map((result) => `check_${result}`),
      ...OMISSIONS.map((omission) => `check_${snake(omission)}`),
      ...SPECIAL,
      ...LOCATIONS.map((location) => `location_${location}`),
      ...OWN_FAULTS.flatMap((fault) => [
        `doctor_fault_${snake(fault)}_title`,
        `doctor_fault_${snake(fault)}_todo`,
      ]),
      ...QUESTIONS_OF_PATH.map((question) => `doctor_path_${question.replace('-', '_')}`),
      ...['yes', 'no', 'unclear', 'not_reached'].map((answer) => `doctor_path_${answer}`),
      ...['question_yes', 'question_no'],
      ...Object.entries(QUESTIONS).flatMap(([id, answers]) => [
        `question_${id}`,
        ...answers.flatMap((answer) => [
          `question_${id}_${answer}_then`,
          ...(answer === 'yes' || answer === 'no' ? [] : [`question_${id}_${answer}`]),
        ]),
      ]),
    ];
    const found = Object.keys(MESSAGES).filter((key) =>
      /^(check|question|location|doctor_path|doctor_fault)_/.test(key),
    );
    expect(found.sort()).toEqual([...new Set(expected)].sort());
  });

  it('name every fault that can be a verdict', () => {
    const faults = [...CAUSES, ...FINDINGS, ...OWN_FAULTS, ...RELAY_CAUSES];
    for (const fault of faults) expect(titleOf(fault), fault).toMatch(/ /);
  });
});

describe('the verdict', () => {
  const well = { diagnosis: null, location: null } as const;

  it('says that there is no problem, or what may come again, and never both', () => {
    const said = (changes: Parameters<typeof statusOf>[0]) =>
      verdictWords(statusOf(changes), well, NOW).title;
    expect(said({})).toBe(MESSAGES.doctor_well_title?.message);
    expect(said({ restartedAt: NOW - 60_000 })).toBe(MESSAGES.preflight_caution?.message);
  });

  it('says what may come again, and of nothing that it found that nothing is in the way', () => {
    const said = verdictWords(statusOf({ restartedAt: NOW - 60_000 }), well, NOW).text;
    expect(said).toBe(reading(MESSAGES)('preflight_restarted', [clockTime(NOW - 60_000, NOW)]));
    expect(verdictWords(statusOf(), well, NOW, true).title).toBe(MESSAGES.preflight_caution?.message);
  });

  it('shows the words that a gateway gave for a reason that we don’t know', () => {
    const status = statusOf({ code: 'needs-you', cause: 'unknown-refusal', words: 'go\naway' });
    const { said } = verdictWords(status, { diagnosis: 'unknown-refusal', location: 'unknown' }, NOW);
    expect(said).toBe('go away');
  });
});

describe('the sentence of a step', () => {
  const of = (outcome: Partial<Outcome> & Pick<Outcome, 'id' | 'result'>): string =>
    sentenceOf({ because: null, figures: [], tookMs: null, ...outcome });

  it('is there for everything that a healthy run comes to', () => {
    for (const outcome of examine(seenOf())) {
      expect(sentenceOf(outcome), outcome.id).toMatch(/^[A-Z].*\.$/);
      expect(nameOfCheck(outcome.id)).not.toMatch(/_|\.$/);
    }
  });

  it('names the step that stands in the way, the fault, or what is missing', () => {
    expect(of({ id: 'GW-READY', result: 'skip', because: 'NET-LISTEN' })).toContain(
      nameOfCheck('NET-LISTEN'),
    );
    expect(of({ id: 'NET-LISTEN', result: 'fail', because: 'gateway-unreachable' })).toBe(
      nameOf('gateway-unreachable'),
    );
    expect(of({ id: 'NET-HTTP', result: 'skip', because: 'needs-permission' })).toContain('permission');
    expect(of({ id: 'RL-KEY', result: 'skip', because: 'not-applicable' })).toContain('key');
  });

  it('shows a gateway’s words as text that cannot turn around', () => {
    const text = of({ id: 'GW-READY', result: 'warn', figures: ['a\u202eb'] });
    expect(text).toContain('a b');
  });
});

/** How a step is written down, and the four ways in which it can come out. */
import type { CheckId, Observations, Outcome } from './types.ts';

export type Judgement = Pick<Outcome, 'result' | 'because' | 'figures' | 'tookMs'>;

export interface Check {
  /** Steps that must not have failed. */
  readonly needs: readonly CheckId[];
  /** What is known whatever became of the needs; `null`: {@link judge} decides. */
  readonly known?: (seen: Observations) => Judgement | null;
  readonly judge: (seen: Observations) => Judgement;
}

export const pass = (figures: readonly string[] = [], tookMs: number | null = null): Judgement => ({
  result: 'pass',
  because: null,
  figures,
  tookMs,
});
export const warn = (because: Outcome['because'], figures: readonly string[] = []): Judgement => ({
  result: 'warn',
  because,
  figures,
  tookMs: null,
});
export const fail = (because: NonNullable<Outcome['because']>, tookMs: number | null = null): Judgement => ({
  result: 'fail',
  because,
  figures: [],
  tookMs,
});
export const skip = (because: NonNullable<Outcome['because']>): Judgement => ({
  result: 'skip',
  because,
  figures: [],
  tookMs: null,
});

export const NOT_TRIED = skip('not-tried');

import type { Outcome } from '../../doctor/types.ts';

/** What a row is marked with: `note` for what is worth knowing and no more. */
export type ResultMark = Outcome['result'] | 'note';

/** A shape for each mark, so that none needs its colour. On a grid of 16. */
const SHAPES: Readonly<Record<ResultMark, string>> = {
  pass: 'M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM4.5 7.8 6.9 10.2 11.5 5.6 12.9 7 6.9 13 3.1 9.2z',
  note: 'M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM7.2 7.1V11.6H8.8V7.1zM7.2 4.4V6H8.8V4.4z',
  warn: 'M8 1 15.2 14.2H.8zM7.1 5.6V9.8H8.9V5.6zM7.1 10.9V12.6H8.9V10.9z',
  fail: 'M5 1H11L15 5V11L11 15H5L1 11V5zM5.7 4.5 4.5 5.7 6.8 8 4.5 10.3 5.7 11.5 8 9.2 10.3 11.5 11.5 10.3 9.2 8 11.5 5.7 10.3 4.5 8 6.8z',
  skip: 'M3.2 7H12.8V9H3.2z',
};

/** Decoration: the word stands beside it. */
export const ResultIcon = ({ result }: { result: ResultMark }) => (
  <svg class="result-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[result]} fill="currentColor" fill-rule="evenodd" />
  </svg>
);

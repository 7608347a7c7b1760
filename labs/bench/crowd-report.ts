import type { Dial } from './dials.ts';

/** One crowd after one outage. All times in milliseconds from the moment when the gateway first admitted anybody. */
export interface CrowdResult {
  readonly name: string;
  readonly isOurs: boolean;
  readonly outageMs: number;
  /** Each member's hello; `null`: not back. */
  readonly backMs: readonly (number | null)[];
  /** Every WebSocket handshake that the gateway answered. */
  readonly dials: readonly Dial[];
  /** Connects that the gateway refused because of too many bad ones before, and those with a bad credential. */
  readonly lockedOut: number;
  readonly refused: number;
}

const STEP_MS = 500;
/** From here on the curve is flat enough for a step of ten times that. */
const FINE_UNTIL_MS = 10_000;
const CAPPED = 503;

/** All are back, and the gateway counted nothing against anybody. */
export const isWell = ({ backMs, lockedOut, refused }: CrowdResult): boolean =>
  !backMs.includes(null) && lockedOut === 0 && refused === 0;

const lastBack = ({ backMs }: CrowdResult): number =>
  Math.max(...backMs.map((ms) => ms ?? Number.POSITIVE_INFINITY));

const backBy = ({ backMs }: CrowdResult, ms: number): number =>
  backMs.filter((back) => back !== null && back <= ms).length;

/** The most dials that began within one second. */
function busiestSecond({ dials }: CrowdResult): number {
  const times = dials.map(({ at }) => at).sort((one, other) => one - other);
  return times.reduce((most, from, first) => {
    const after = times.findIndex((at) => at >= from + 1000);
    return Math.max(most, (after < 0 ? times.length : after) - first);
  }, 0);
}

const inSeconds = (ms: number): string => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(1)} s` : 'not back');

/** How many are back after each half second, until all are, and what it took. */
export function crowdTable(results: readonly CrowdResult[]): string {
  const worst = Math.max(...results.flatMap(({ backMs }) => backMs.map((ms) => ms ?? 0)));
  const curve: number[] = [];
  for (let at = 0; at < worst + STEP_MS; at += at < FINE_UNTIL_MS ? STEP_MS : 10 * STEP_MS) curve.push(at);
  const rows = [
    ['back within', ...results.map(({ name }) => name)],
    ...curve.map((ms) => [inSeconds(ms), ...results.map((result) => String(backBy(result, ms)))]),
    ['last back', ...results.map((result) => inSeconds(lastBack(result)))],
    ['outage', ...results.map(({ outageMs }) => inSeconds(outageMs))],
    ['connects', ...results.map(({ dials }) => String(dials.length))],
    ['in the busiest second', ...results.map((result) => String(busiestSecond(result)))],
    [
      'refused by the cap',
      ...results.map(({ dials }) => String(dials.filter(({ status }) => status === CAPPED).length)),
    ],
    ['bad credentials', ...results.map(({ refused }) => String(refused))],
    ['locked out', ...results.map(({ lockedOut }) => String(lockedOut))],
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('   '));
  const rule = '-'.repeat(lines[0]!.length);
  return [lines[0], rule, ...lines.slice(1, 1 + curve.length), rule, ...lines.slice(1 + curve.length)].join(
    '\n',
  );
}

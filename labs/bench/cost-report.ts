/** The figures of `npm run bench:cost`: judged and written. Pure. */
import type { Return } from './coming-back.ts';
import type { Belongings } from './idle-browser.ts';
import type { ProcessCost } from './process-cost.ts';

const MINUTE_MS = 60_000;

/** One extension, idle and connected. */
export interface Measured extends ProcessCost, Belongings {
  readonly name: string;
  readonly gateways: number;
  /** Messages that it sent to the gateways and relays, all together. */
  readonly messages: number;
}

export interface CostResult {
  readonly official: Measured;
  /** With one gateway first. */
  readonly ours: readonly Measured[];
  /** With one gateway, whose other clients it reads of. */
  readonly monitoring: Measured;
  readonly returns: readonly Return[];
}

/** What is wanted of ours. Milliseconds, bytes. */
const WANTED = { heapBytes: 3_000_000, messagesPerMinute: 4, monitoringMs: 2, worstLagMs: 2_000 };

const perMinute = (count: number, { elapsedMs }: ProcessCost): number => (count * MINUTE_MS) / elapsedMs;

const worst = ({ lagsMs }: Return): number => lagsMs.at(-1) ?? Number.POSITIVE_INFINITY;

export interface Verdict {
  readonly wish: string;
  readonly isMet: boolean;
}

/** Each wish, and whether it came true. The returns are judged by the first of them. */
export function judge({ official, ours, monitoring, returns }: CostResult): Verdict[] {
  const [one] = ours;
  if (!one) return [];
  const [back] = returns;
  return [
    { wish: 'CPU no more than the official extension', isMet: one.cpuMs <= official.cpuMs },
    {
      wish: 'wake-ups no more than the official extension',
      isMet: perMinute(one.wakeups, one) <= perMinute(official.wakeups, official),
    },
    {
      wish: `at most ${WANTED.messagesPerMinute} messages a minute`,
      isMet: perMinute(one.messages, one) <= WANTED.messagesPerMinute,
    },
    { wish: `JS heap at most ${megabytes(WANTED.heapBytes)}`, isMet: one.heapBytes <= WANTED.heapBytes },
    {
      wish: `monitoring other clients at most ${WANTED.monitoringMs} ms CPU a minute`,
      isMet: perMinute(monitoring.cpuMs, monitoring) - perMinute(one.cpuMs, one) <= WANTED.monitoringMs,
    },
    ...(back
      ? [
          {
            wish: `${back.lagsMs.length} gateways all back within ${WANTED.worstLagMs / 1000} s`,
            isMet: worst(back) <= WANTED.worstLagMs,
          },
        ]
      : []),
  ];
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(2)} MB`;
const seconds = (ms: number): string => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(2)} s` : 'not back');

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

/** One row each. CPU and wake-ups are those of the extension's own process. */
export const costTable = (all: readonly Measured[]): string =>
  aligned([
    ['', 'gateways', 'CPU a minute', 'wake-ups/min', 'preempted/min', 'messages/min', 'JS heap', 'stored'],
    ...all.map((each) => [
      each.name,
      String(each.gateways),
      `${perMinute(each.cpuMs, each).toFixed(1)} ms`,
      perMinute(each.wakeups, each).toFixed(0),
      perMinute(each.preemptions, each).toFixed(0),
      perMinute(each.messages, each).toFixed(1),
      megabytes(each.heapBytes),
      `${(each.storedBytes / 1000).toFixed(0)} kB`,
    ]),
  ]);

export const returnTable = (returns: readonly Return[]): string =>
  aligned([
    ['', 'gateways', 'median', 'worst'],
    ...returns.map((each) => [
      each.how,
      String(each.lagsMs.length),
      seconds(each.lagsMs[Math.floor(each.lagsMs.length / 2)] ?? Number.NaN),
      seconds(worst(each)),
    ]),
  ]);

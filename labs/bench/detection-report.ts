import type { Load } from './busy.ts';
import { median } from './stored-past.ts';

/** A gateway that ended. Milliseconds to the moment when the browser had taken on another icon. */
export interface Closing {
  readonly signal: 'SIGKILL' | 'SIGTERM';
  /** From the first sign in the worker. */
  readonly toIconMs: number;
  /** From the signal; for SIGTERM this is mostly the time that the gateway took to say something. */
  readonly fromSignalMs: number;
}

/** A gateway that hung: milliseconds until it was noticed. */
export interface Hang {
  readonly oursMs: number;
  readonly officialMs: number;
}

export interface Detection {
  readonly closings: readonly Closing[];
  readonly hangs: readonly Hang[];
  /** `alarms`: icons that told of an outage, and sockets that were closed. */
  readonly busy: (Load & { readonly ms: number; readonly alarms: readonly string[] }) | null;
}

/** Milliseconds. */
const WANTED = { closedMedian: 50, hungWorst: 25_000 };

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;

interface Line {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
  readonly isMet: boolean;
}

function lines({ closings, hangs, busy }: Detection): Line[] {
  const all: Line[] = [];
  if (closings.length > 0) {
    const times = closings.map(({ toIconMs }) => toIconMs);
    all.push({
      what: `close to icon, ${times.length} times`,
      found: `median ${ms(median(times))}, worst ${ms(Math.max(...times))}`,
      wanted: `median ${ms(WANTED.closedMedian)}`,
      isMet: median(times) <= WANTED.closedMedian,
    });
  }
  if (hangs.length > 0) {
    const worst = Math.max(...hangs.map(({ oursMs }) => oursMs));
    all.push({
      what: `hang to icon, ${hangs.length} times`,
      found: `worst ${seconds(worst)}`,
      wanted: seconds(WANTED.hungWorst),
      isMet: worst <= WANTED.hungWorst,
    });
  }
  if (busy) {
    all.push({
      what: `false alarms, busy for ${seconds(busy.ms)}`,
      found: String(busy.alarms.length),
      wanted: '0',
      isMet: busy.alarms.length === 0,
    });
  }
  return all;
}

/** Whether all that was measured is as wanted. */
export const isMet = (detection: Detection): boolean => lines(detection).every((line) => line.isMet);

function details({ closings, hangs, busy }: Detection): string[] {
  return [
    ...closings.map(
      ({ signal, toIconMs, fromSignalMs }) =>
        `closed by ${signal}: ${ms(toIconMs)} after the first sign, ${ms(fromSignalMs)} after the signal`,
    ),
    ...hangs.map(
      ({ oursMs, officialMs }) =>
        `hung: noticed after ${seconds(oursMs)}; by the official client after ${seconds(officialMs)}`,
    ),
    ...(busy
      ? [
          `busy: ${busy.requests} requests, answered in ${ms(busy.medianMs)} (median), ${ms(busy.worstMs)} (worst)`,
          ...busy.alarms.map((alarm) => `busy: false alarm: ${alarm}`),
        ]
      : []),
  ];
}

/** Every run, and a summary with what is wanted. */
export function report(detection: Detection): string {
  const rows = lines(detection).map(({ what, found, wanted, isMet }) => [
    what,
    found,
    `wanted ${wanted}`,
    isMet ? 'ok' : 'missed',
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('   ')
      .trimEnd(),
  );
  return [...details(detection), '', ...table].join('\n');
}

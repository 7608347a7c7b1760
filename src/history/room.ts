/** [H4] How much of the past may be kept, so that all gateways together leave room for what is dearer. Pure. */
import type { History } from './state.ts';

/** How many of each are kept of one gateway. */
export interface Most {
  readonly spans: number;
  readonly incidents: number;
  readonly connects: number;
}

/** A browser that is opened and closed twenty times a day for ninety days. */
const MOST: Most = { spans: 1_800, incidents: 500, connects: 500 };

/** Bytes of one of each, as they are stored. */
const BYTES = { spans: 44, incidents: 165, connects: 43 } as const;

/** Bytes of the past of all gateways. A browser gives an extension ten million; all else takes some kilobytes a gateway. */
export const ALL_BYTES = 5_000_000;

/** Below this the past of all gateways is not what fills a disk. Bytes. */
const WORTH_BYTES = 100_000;

const FULL_BYTES =
  MOST.spans * BYTES.spans + MOST.incidents * BYTES.incidents + MOST.connects * BYTES.connects;

/** What each of so many gateways may keep: all that is ever kept, or an equal share. */
export function mostFor(gateways: number): Most {
  const share = Math.min(1, ALL_BYTES / (Math.max(1, gateways) * FULL_BYTES));
  return {
    spans: Math.floor(MOST.spans * share),
    incidents: Math.floor(MOST.incidents * share),
    connects: Math.floor(MOST.connects * share),
  };
}

const bytesOf = ({ watched, incidents, connects }: History): number =>
  watched.length * BYTES.spans + incidents.length * BYTES.incidents + connects.length * BYTES.connects;

/** Whether giving up some of the past would make room worth having. */
export const isWorthGivingUp = (histories: readonly History[]): boolean =>
  histories.reduce((sum, history) => sum + bytesOf(history), 0) > WORTH_BYTES;

/** The newer half. */
export function newerHalf(history: History): History {
  const half = <T>(list: readonly T[]): T[] => list.slice(Math.floor(list.length / 2));
  return {
    ...history,
    watched: half(history.watched),
    incidents: half(history.incidents),
    connects: half(history.connects),
  };
}

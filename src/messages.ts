/** What pages and the worker say to each other. Both sides validate what they hear. */
import type { GatewayStatus } from './gateway-status.ts';

/**
 * `Command`: what a page may ask of the worker. Pages decide nothing: they send one of these and show what comes back.
 * `Question`: what it wants to know of a gateway; the reply is an `Answer`.
 * `Remark`: what a page says over its port, and no reply to it.
 */
export type { Command, Question, Remark } from './command-schema.ts';

/** `problem` is a code of `pairing/recognise.ts` or one of our own; the page has the sentence for it. */
export type Reply =
  | { readonly ok: true; readonly gatewayId: string | null }
  | { readonly ok: false; readonly problem: string };

/** What the worker pushes over the port whenever something changed. */
export interface Snapshot {
  readonly statuses: readonly GatewayStatus[];
  /**
   * Storage that could not be used: written by a newer version of this extension, unreadable, or refusing
   * to be written. Nothing was overwritten.
   */
  readonly storageProblem: 'newer' | 'unreadable' | 'unwritable' | null;
}

/** The name of the port over which a page receives snapshots. */
export const STATUS_PORT = 'status';

/** The name of a port whose end has the gateway forgotten whose id follows, unless anything was said over it. */
export const FORGET_PORT = 'forget:';

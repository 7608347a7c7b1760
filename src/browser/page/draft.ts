/**
 * What was begun when a popup closed, because its user went to the terminal: in memory, until the browser ends, and for a
 * quarter of an hour. Never a secret: of what was typed an address alone, without all that may be in one.
 */
import browser from '../api.ts';

const KEY = 'draft';
const LASTS_MS = 15 * 60_000;

/** What a form is for: to pair with another gateway, or with the one that is shown. */
export type FormPurpose = 'new' | 'again';

export interface Draft {
  /** The form that was open, and the gateway that it is about. */
  readonly place: FormPurpose | 'self-repair' | null;
  readonly gatewayId: string | null;
  /** A gateway's address that waits for its secret, normalised. */
  readonly address: string | null;
}

const NOTHING: Draft = { place: null, gatewayId: null, address: null };

const isDraft = (value: unknown): value is Draft & { at: number } => {
  const { place, gatewayId, address, at } = (value ?? {}) as Record<string, unknown>;
  return (
    [null, 'new', 'again', 'self-repair'].includes(place as string | null) &&
    [gatewayId, address].every((each) => each === null || typeof each === 'string') &&
    typeof at === 'number'
  );
};

/** Never throws. `now` in milliseconds since the epoch. */
export async function readDraft(now = Date.now()): Promise<Draft> {
  try {
    const { [KEY]: kept } = await browser.storage.session.get(KEY);
    return isDraft(kept) && Math.abs(now - kept.at) < LASTS_MS ? kept : NOTHING;
  } catch {
    return NOTHING;
  }
}

let turn: Promise<unknown> = Promise.resolve();

/** Changes a part of it; one change after the other. Never throws: without it the user begins anew. */
export function keepDraft(part: Partial<Draft>, now = Date.now()): Promise<void> {
  const kept = turn.then(async () => {
    const { place, gatewayId, address } = { ...(await readDraft(now)), ...part };
    await browser.storage.session.set({ [KEY]: { place, gatewayId, address, at: now } });
  });
  turn = kept.catch(() => {});
  return turn as Promise<void>;
}

/** It came to its end. */
export const dropDraft = (): Promise<void> => keepDraft(NOTHING);

/**
 * When another client that is refused is worth a disturbance, and when not. Pure: what is known of the clients in, what to
 * show and to take back out. It is told and nothing more: no notification approves anything.
 *
 * - N6 Only where the user chose it, and only what a person can help: a request that waits for an approval, or a client that
 *   is refused more than once. Many heal themselves after the first time.
 * - N7 A client and a cause are told once, and again only after a silence or an end. One notification per gateway, one within
 *   five minutes; it is taken back when all that it told of is over.
 */
import { asStories, QUIET_AFTER_MS, type Story } from '../others/standing.ts';
import type { Others } from '../others/state.ts';

/** Milliseconds between two notifications of one gateway, whoever is refused. */
const REST_MS = 5 * 60_000;

/** What to do about one gateway's other clients. */
export interface OthersPlan {
  /** What is known, with what was told. The same object where nothing was. */
  readonly others: Others;
  /** The one to tell of, and how many more there are. */
  readonly show: { readonly story: Story; readonly more: number } | null;
  /** All that was told of is over. */
  readonly isOver: boolean;
  /** How many are refused now. */
  readonly refused: number;
}

/**
 * What to show and to take back.
 *
 * @param mayTell the user wants it, and not to be left alone at this moment
 */
export function planOthers(others: Others, mayTell: boolean, now: number): OthersPlan {
  const stories = asStories(others, now);
  const all = others.refused.map((refused, at) => ({ refused, story: stories[at] as Story }));
  const told = all.filter(({ refused }) => refused.toldAt !== null);
  const ended = told.filter(({ story }) => isOver(story)).map(({ refused }) => refused);
  const lastAt = Math.max(...told.map(({ refused }) => refused.toldAt ?? 0), 0);
  const isResting = now >= lastAt && now - lastAt < REST_MS;
  const due =
    mayTell && !isResting
      ? all.filter(({ refused, story }) => refused.toldAt === null && isWorth(story, now))
      : [];
  // The one that was told last stands last.
  const first = due.at(-1)?.story;
  const toTell = due.map(({ refused }) => refused);
  return {
    others:
      ended.length + toTell.length === 0
        ? others
        : {
            ...others,
            refused: others.refused.map((each) =>
              ended.includes(each)
                ? { ...each, toldAt: null }
                : toTell.includes(each)
                  ? { ...each, toldAt: now }
                  : each,
            ),
          },
    show: first ? { story: first, more: due.length - 1 } : null,
    isOver: !first && ended.length > 0 && ended.length === told.length,
    refused: stories.filter(({ standing }) => standing === 'refused').length,
  };
}

const isOver = ({ standing }: Story): boolean => standing === 'approved' || standing === 'connected';

/** [N6] */
const isWorth = ({ standing, requestId, recent }: Story, now: number): boolean =>
  standing === 'refused' &&
  (requestId !== null || recent.filter((at) => now - at <= QUIET_AFTER_MS).length > 1);

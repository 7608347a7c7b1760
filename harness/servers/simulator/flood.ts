/** What a gateway, or whoever talks like one, may send more of than anybody reads. */
import type { Passage } from '../meddling-proxy.ts';

/** A burst is sent this often: timers are no finer. Milliseconds. */
const BURST_EVERY_MS = 5;
/** Bytes. A client that takes no more is sent no more, or this process would be what runs full. */
const MOST_WAITING = 60_000_000;

/** An event that says nothing to us, as a busy gateway sends them. */
export const eventText = (index: number, filling = ' word'): string =>
  JSON.stringify({
    type: 'event',
    event: 'agent',
    payload: { runId: 'run', seq: index, stream: 'assistant', data: { delta: filling }, ts: Date.now() },
    seq: index,
  });

export interface Flood {
  /** How often it was sent so far. */
  readonly sent: number;
  /** Nothing after this. */
  stop(): void;
}

/**
 * Has every client of a proxy told something so often a second, from now on.
 *
 * @param tell what is done at each turn; an event that says nothing unless given
 */
export function flood(
  passages: ReadonlySet<Passage>,
  perSecond: number,
  tell: (passage: Passage, index: number) => void = (passage, index) => passage.tell(eventText(index)),
): Flood {
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
    for (; sent < due; sent += 1) {
      for (const passage of passages) if (passage.waiting < MOST_WAITING) tell(passage, sent);
    }
  }, BURST_EVERY_MS);
  return {
    get sent() {
      return sent;
    },
    stop: () => clearInterval(timer),
  };
}

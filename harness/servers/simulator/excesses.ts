/** Every size and rate that the gateway's protocol allows and nobody needs, as a gateway's side would send it. */
import type { Passage } from '../meddling-proxy.ts';
import { eventText } from './flood.ts';

const MB = 1_000_000;
/** The protocol lets no frame be larger: `policy.maxPayload`. */
const LARGEST = 25 * 1_024 * 1_024;

export interface Excess {
  readonly name: string;
  /** How often {@link tell} is called on a connection that stands. */
  readonly perSecond?: number;
  readonly tell?: (passage: Passage, index: number) => void;
  /** What becomes of what the gateway says, from the next handshake on. */
  readonly rewrite?: (text: string) => string;
}

const filled = new Map<number, string>();
/** An event of so many characters. */
function eventOf(size: number): string {
  const text = filled.get(size) ?? eventText(0, 'x'.repeat(size - eventText(0, '').length));
  filled.set(size, text);
  return text;
}

/** Changes the frame that `isMeant` knows by its beginning, and leaves all others. */
const rewriting =
  (isMeant: (frame: any) => boolean, change: (frame: any) => void) =>
  (text: string): string => {
    const frame = JSON.parse(text);
    if (!isMeant(frame)) return text;
    change(frame);
    return JSON.stringify(frame);
  };

const isHello = (frame: any): boolean => frame.type === 'res' && frame.payload?.type === 'hello-ok';
const isChallenge = (frame: any): boolean => frame.event === 'connect.challenge';

const rate = (perSecond: number): Excess => ({
  name: `${perSecond.toLocaleString('en')} frames a second`,
  perSecond,
});

const frames = (size: number, perSecond: number): Excess => ({
  name: `frames of ${Math.round(size / MB)} MB, ${perSecond} a second`,
  perSecond,
  tell: (passage) => passage.tell(eventOf(size)),
});

export const EXCESSES: readonly Excess[] = [
  { name: 'nothing but what it should' },
  rate(500),
  rate(2_000),
  rate(10_000),
  frames(MB, 20),
  frames(LARGEST, 2),
  {
    name: 'one frame in fragments of 100 bytes, 5,000 a second',
    perSecond: 5_000,
    tell: (passage) => passage.begin('x'.repeat(100)),
  },
  {
    name: 'answers to what was not asked, 2,000 a second',
    perSecond: 2_000,
    tell: (passage, index) => passage.tell(JSON.stringify({ type: 'res', id: `ask-${index}`, ok: true })),
  },
  {
    name: 'challenges, 2,000 a second',
    perSecond: 2_000,
    tell: (passage, index) =>
      passage.tell(
        JSON.stringify({
          type: 'event',
          event: 'connect.challenge',
          payload: { nonce: `n${index}`, ts: Date.now() },
        }),
      ),
  },
  {
    name: 'a challenge of 20 MB',
    rewrite: rewriting(isChallenge, (frame) => {
      frame.payload.nonce = 'n'.repeat(20 * MB);
    }),
  },
  {
    name: 'a hello-ok of 3 MB',
    rewrite: rewriting(isHello, (frame) => {
      frame.payload.snapshot.more = Array.from({ length: 30_000 }, () => 'x'.repeat(97));
    }),
  },
  {
    name: 'a hello-ok of 20 MB',
    rewrite: rewriting(isHello, (frame) => {
      frame.payload.snapshot.more = 'x'.repeat(20 * MB);
    }),
  },
  {
    name: 'a refusal in 3 MB of words',
    rewrite: rewriting(isHello, (frame) => {
      delete frame.payload;
      frame.ok = false;
      frame.error = {
        code: 'INVALID_REQUEST',
        message: 'token="a" '.repeat(300_000),
        details: { code: 'NEW' },
      };
    }),
  },
  {
    name: 'a refusal in 20 MB of words',
    rewrite: rewriting(isHello, (frame) => {
      delete frame.payload;
      frame.ok = false;
      frame.error = { code: 'INVALID_REQUEST', message: 'no '.repeat(7 * MB) };
    }),
  },
];

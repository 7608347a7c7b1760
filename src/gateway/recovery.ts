/** When to knock, when to connect, when to stop. Every delay is here, with its reason. Milliseconds throughout. */

/** A knock that gets no answer: the port accepts and stays silent, or packets are dropped. */
export const KNOCK_TIMEOUT_MS = 4_000;

/**
 * From opening the socket to hello-ok. The gateway itself gives up after 15 s (3 s in 2026.3.13), and
 * Chromium may hold a handshake back for 4.7 s after a series of failures.
 */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * A gateway of any generation sends its challenge as soon as the WebSocket is open (8 ms, measured). One that is
 * silent for this long is more than busy.
 */
export const MUTE_AFTER_MS = 5_000;

/**
 * How long a connected gateway may be silent before it is asked for a sign of life. Under 20 s: the traffic also keeps
 * the service worker alive (limit 30 s), and with {@link ANSWER_WITHIN_MS} a hung gateway shows within 24 s. A gateway
 * that ticks every 30 s is asked twice a minute.
 */
export const ASK_EVERY_MS = 16_000;

/** Generous, because a busy gateway stalls for seconds; any frame that arrives meanwhile counts as an answer. */
export const ANSWER_WITHIN_MS = 8_000;

/** After sleep the socket is probably dead although it says OPEN, and a person is waiting. */
export const ANSWER_AFTER_SLEEP_MS = 3_000;

/** A clock that jumped further than this past a deadline means that we slept, not that the gateway did. */
export const SLEEP_GAP_MS = 10_000;

/** No delay of ours is longer, lock-outs apart; the longest are 60 s and their jitter. */
export const FURTHEST_AHEAD_MS = 75_000;

/** A connection that lasted this long proves that the handshake's failures are over. */
export const LASTED_MS = 10_000;

/** Answers older than this prove nothing any more. */
export const PROOF_LASTS_MS = 90_000;

/** From here on an outage is called "down", not "reconnecting". */
export const DOWN_AFTER_MS = 30_000;

/** How long an announced restart may take before it counts as an outage. */
export const RESTART_GRACE_MS = 90_000;

/** How long a repair is shown. */
export const NOTICE_LASTS_MS = 60_000;

/** How long a gateway keeps a request for approval that nobody asks for again (2026.2.21 to 9.6). */
export const REQUEST_LASTS_MS = 300_000;

/** The gateway's lock-out when it does not say how long: five minutes (measured on 2026.5.28 and 2026.9.6). */
const DEFAULT_COOL_DOWN_MS = 300_000;

/** A gateway that asks for more than an hour is not obeyed to the letter, or a broken clock would end us. */
export const LONGEST_COOL_DOWN_MS = 3_600_000;

/**
 * Attempts with one gateway secret or setup code that ended without an answer. The gateway may have counted
 * each as a failure, so the next one is the user's decision.
 */
export const UNANSWERED_LIMIT = 2;

/** The same for a device token, which must survive crashing gateways: slow down instead (6 a minute, limit 10). */
const UNANSWERED_PACE_MS = 10_000;

/** [R18] What was refused is kept for as long: a second gateway is noticed and stopped within a week, or never. */
export const ASIDE_LASTS_MS = 7 * 24 * 3_600_000;

/** The same for a gateway secret that the user did not want remembered: no longer than trying to pair takes. */
export const UNWANTED_ASIDE_LASTS_MS = 3_600_000;

/** [R18] Nobody watched for this long, because the computer slept or the browser was closed: who knows who answers. */
export const UNWATCHED_MS = 3_600_000;

/** More repairs than this within {@link REPAIRS_WINDOW_MS} mean that the gateway forgets what it issues. */
export const REPAIRS_LIMIT = 3;
export const REPAIRS_WINDOW_MS = 300_000;

/** `[for outages younger than, knock every]`. A refused knock on loopback costs 2 ms and no permission. */
type Pace = readonly (readonly [youngerThan: number, every: number])[];

const LOCAL_PACE: Pace = [
  [120_000, 250],
  [600_000, 1_000],
  [3_600_000, 5_000],
  [Number.POSITIVE_INFINITY, 30_000],
];

/** Gentle: there may be many of us, and a network in between. */
const REMOTE_PACE: Pace = [
  [15_000, 1_000],
  [120_000, 3_000],
  [600_000, 10_000],
  [Number.POSITIVE_INFINITY, 30_000],
];

/** A person is at the command line during the first minutes; afterwards there is no hurry. */
const APPROVAL_PACE: Pace = [
  [120_000, 3_000],
  [600_000, 10_000],
  [Number.POSITIVE_INFINITY, 30_000],
];

/**
 * [R23] The page on which it is approved is in front of a person: a click there should show within three seconds, the
 * handshake included. Five minutes are what a request lives; a person who has had it in front for longer does something else.
 */
const APPROVER_PACE: Pace = [
  [300_000, 1_500],
  [Number.POSITIVE_INFINITY, 30_000],
];

/**
 * [R20] Watching for another run: short enough to see a port that closes between two gateways, of which each takes
 * seconds to start. The first minutes are those in which a person stops the wrong one and starts the right one.
 */
const LOCAL_WATCH_PACE: Pace = [
  [600_000, 1_000],
  [Number.POSITIVE_INFINITY, 3_000],
];

const REMOTE_WATCH_PACE: Pace = [
  [600_000, 4_000],
  [Number.POSITIVE_INFINITY, 15_000],
];

/**
 * Where something answers that does not work as a gateway: after ten minutes it is no gateway that is late. Seldom
 * then, because failed handshakes slow down those of all our other gateways, and because the port belongs to another program.
 */
const STRANGE_PACE: Pace = [
  [600_000, 0],
  [Number.POSITIVE_INFINITY, 30_000],
];

/**
 * A gateway of before 2026.9 restarts when its list of origins is changed, and is gone for a second or two (2026.6.11).
 * A knock costs it one small page; ten minutes after the refusal nobody is at the command line any more.
 */
const ADMISSION_KNOCK_PACE: Pace = [
  [120_000, 500],
  [600_000, 2_000],
  [Number.POSITIVE_INFINITY, 30_000],
];

const at = (pace: Pace, age: number): number =>
  pace.find(([youngerThan]) => age < youngerThan)?.[1] ?? 30_000;

/** Spreads equal delays over 80 % to 120 %, so that a crowd does not return in step. */
const jitter = (delay: number, random: number): number => Math.round(delay * (0.8 + 0.4 * random));

/** When, and where: what a pace depends on. */
interface Turn {
  readonly isLocal: boolean;
  readonly random: number;
  /** How many gateways share the knocks. */
  readonly crowd: number;
}

/** [B5] All gateways that are away share 40 knocks a second: ten on this computer keep their pace, a hundred wait 2.5 s. */
const KNOCK_SHARE_MS = 25;
const LONGEST_SHARE_MS = 30_000;

const shared = (delay: number, { random, crowd }: Turn): number =>
  jitter(Math.max(delay, Math.min(crowd * KNOCK_SHARE_MS, LONGEST_SHARE_MS)), random);

/** Until the next knock on a port that refuses. `age` is that of the outage. */
export const knockDelay = (age: number, turn: Turn): number =>
  shared(at(turn.isLocal ? LOCAL_PACE : REMOTE_PACE, age), turn);

/** Until the next look whether the run that refused us is over. `age` is that of the refusal. */
export const watchDelay = (age: number, turn: Turn): number =>
  shared(at(turn.isLocal ? LOCAL_WATCH_PACE : REMOTE_WATCH_PACE, age), turn);

/**
 * [R18] The least time between two refusals of one credential, by however many runs: a proxy or a tunnel that keeps
 * failing looks like a gateway that keeps restarting, and ten refusals within a minute would lock us out. Doubled after
 * the fifth, up to an hour.
 *
 * @param times how often it was refused since it last worked
 */
export const retrialDelay = (times: number): number =>
  times <= 1 ? 10_000 : Math.min(30_000 * 2 ** Math.max(0, Math.min(times - 5, 16)), 3_600_000);

/**
 * Until the next look whether we were approved.
 *
 * @param age of the incident
 * @param watchedFor since the page on which it is approved came to the front; `null` where it is not
 */
export const approvalDelay = (age: number, random: number, watchedFor: number | null): number =>
  jitter(
    Math.min(
      at(APPROVAL_PACE, age),
      // A clock that was set back says nothing of how long.
      watchedFor === null || watchedFor < 0 ? Number.POSITIVE_INFINITY : at(APPROVER_PACE, watchedFor),
    ),
    random,
  );

/** Until the next knock that finds out whether a gateway on this computer restarts. */
export const admissionKnockDelay = (age: number): number => at(ADMISSION_KNOCK_PACE, age);

/**
 * Until the next handshake after `attempt` of them failed in a row although the port answered. Chromium
 * delays every handshake of an extension after about ten failures, so these must stay rare. No more than 30 s all the
 * same: one of a crowd is turned away often, and with 60 s it slept beside an idle gateway (`bench:crowd`).
 */
export function handshakeDelay(attempt: number, isLocal: boolean, random: number): number {
  const [first, longest] = isLocal ? [250, 5_000] : [1_000, 30_000];
  return jitter(Math.min(first * 2 ** Math.min(attempt - 1, 16), longest), random);
}

/** The least delay after a handshake that met no gateway. `age` is that of the outage. */
export const strangeDelay = (age: number, random: number): number => jitter(at(STRANGE_PACE, age), random);

/**
 * How long a gateway is left alone that sent more than it may: long enough that a flood costs next to nothing on
 * average, and no longer than a person waits who has just ended it.
 */
export const overrunDelay = (random: number): number => jitter(60_000, random);

/** The least delay that attempts without an answer call for. */
export const unansweredDelay = (unanswered: number): number =>
  unanswered >= UNANSWERED_LIMIT ? UNANSWERED_PACE_MS : 0;

/**
 * When to ask a starting gateway again: at its own figure, and at half of it on this computer, where we are
 * alone and the question costs the gateway nothing. (It says 500 ms; its protocol allows 100 to 2,000.) At the
 * full figure the median wait after a restart was 360 ms, most of it spent asleep beside a ready gateway.
 */
export const startingDelay = (retryAfterMs: number | null, isLocal: boolean): number =>
  Math.min(Math.max((retryAfterMs ?? 500) / (isLocal ? 2 : 1), 100), 30_000);

/** How long to stay away after "too many attempts", plus a little so that we are never early. */
export const coolDownDelay = (retryAfterMs: number | null, random: number): number =>
  Math.min(Math.max(retryAfterMs ?? DEFAULT_COOL_DOWN_MS, 1_000), LONGEST_COOL_DOWN_MS) +
  Math.round(500 + 1_500 * random);

/** What the evidence proves: {@link findings}. Every threshold is here, with its reason. The rules are those of SPEC.md, E. */
import { isSameRun, restarts, type Server } from './evidence.ts';
import type { Evidence } from './evidence-state.ts';
import { explains, type Finding, type FindingCode } from './finding.ts';
import type { ConnectionState } from './state.ts';

const MINUTE = 60_000;

/** Older evidence explains nothing of today. */
const DAY = 24 * 60 * MINUTE;

/** A minute is more than any network delays a challenge, and half of what gateways allow a signature (C8). */
const SKEW_MS = MINUTE;

/** Gateways answer within 50 ms; at 3 s those of 2026.3.13 hang up on their clients. */
const SLOW_ANSWER_MS = 3_000;
/** A longer wait was none: we give up before, so this computer slept. */
const LONGEST_WAIT_MS = 15_000;
/** A gateway that has just started is slow for a while, and that says nothing. */
const WARM_UP_MS = MINUTE;
/** How long one slow handshake is news. */
const SLOW_LASTS_MS = 10 * MINUTE;

/** Two equal lifetimes may be chance. */
const CUTS = 3;
/** The longest and the shortest lifetime differ by this part of their mean at most. */
const CUT_SPREAD = 0.05;
/** Shorter ones end for many reasons, and a second of reconnecting would hide in their spread. */
const SHORTEST_CUT_MS = 20_000;

/** Two gateways that fight over an address show at every reconnect. An hour of peace ends it. */
const FIGHT_LASTS_MS = 60 * MINUTE;

/** A person restarts a gateway two or three times while trying something; four lives of five minutes are no try. */
const FLAPS = 4;
const FLAP_WINDOW_MS = 20 * MINUTE;

/** An owner may take a pairing away once; twice in a day the gateway does not keep it. */
const FORGOTTEN = 2;

/** The gravest first: what cannot be lived with, what keeps coming back, what is good to know. */
const GRAVITY: readonly FindingCode[] = [
  'gateways-alternate',
  'other-gateway-answered',
  'gateway-flapping',
  'restart-outlived',
  'origin-still-refused',
  'idle-cut',
  'devices-forgotten',
  'gateway-slow',
  'clock-ahead',
  'clock-behind',
];

const JUDGES: readonly ((evidence: Evidence, now: number) => Finding | null)[] = [
  alternation,
  otherGateway,
  flapping,
  outlivedRestart,
  stillRefused,
  cut,
  forgottenDevices,
  slowness,
  skew,
];

/**
 * What the evidence proves at this moment: first what explains the present trouble, then the gravest ([E3]).
 * Pure; `now` in milliseconds since the epoch.
 */
export function findings(
  { evidence, trouble }: Pick<ConnectionState, 'evidence' | 'trouble'>,
  now: number,
): readonly Finding[] {
  const rank = ({ code }: Finding): number =>
    GRAVITY.indexOf(code) - (trouble !== null && explains(code, trouble.cause) ? GRAVITY.length : 0);
  return JUDGES.flatMap((judge) => judge(evidence, now) ?? [])
    .filter(({ at }) => now - at < DAY)
    .sort((one, other) => rank(one) - rank(other));
}

/** `42 s`, `6 min`, `3 h`, `12 d`. */
function spoken(ms: number): string {
  const units = [
    [2 * MINUTE, 1_000, 's'],
    [120 * MINUTE, MINUTE, 'min'],
    [2 * DAY, 60 * MINUTE, 'h'],
  ] as const;
  const [, size, unit] = units.find(([below]) => ms < below) ?? [0, DAY, 'd'];
  return `${Math.round(ms / size)} ${unit}`;
}

/** [E4] Figure: by how much. */
function skew({ skewMs, challengedAt }: Evidence): Finding | null {
  if (skewMs === null || challengedAt === null || Math.abs(skewMs) < SKEW_MS) return null;
  const code = skewMs > 0 ? 'clock-ahead' : 'clock-behind';
  return { code, at: challengedAt, figures: [spoken(Math.abs(skewMs))] };
}

/** [E11] Figure: for how long it answered, as far as we saw. */
function otherGateway({ strangers }: Evidence): Finding | null {
  const stranger = strangers.at(-1);
  if (stranger === undefined) return null;
  const { since, until } = stranger;
  return { code: 'other-gateway-answered', at: until, figures: [spoken(Math.max(0, until - since))] };
}

/** [E9] Figure: the time of the slower answer. */
function slowness(evidence: Evidence, now: number): Finding | null {
  const { challengedAt, openMs, challengeMs, helloMs, servers } = evidence;
  const server = servers.at(-1);
  if (challengedAt === null || challengeMs === null || helloMs === null || server === undefined) return null;
  const waited = Math.max(openMs === null ? 0 : challengeMs - openMs, helloMs - challengeMs);
  if (waited < SLOW_ANSWER_MS || waited > LONGEST_WAIT_MS || now - server.at > SLOW_LASTS_MS) return null;
  const startedAt = Math.max(restarts(evidence).at(-1) ?? 0, server.at - (server.uptimeMs ?? DAY));
  if (challengedAt - startedAt < WARM_UP_MS) return null;
  return { code: 'gateway-slow', at: server.at, figures: [spoken(waited)] };
}

/** [E7] Figures: the period, and how often in a row. */
function cut({ sockets, servers }: Evidence, now: number): Finding | null {
  const ends = sockets.slice(-CUTS);
  const [first, newest] = [ends.at(0), ends.at(-1)];
  const isCut = ends.every(({ closeCode, wasAnnounced }) => closeCode === 1006 && !wasAnnounced);
  if (first === undefined || newest === undefined || ends.length < CUTS || !isCut) return null;
  const lifetimes = ends.map(({ openedAt, closedAt }) => closedAt - openedAt);
  const period = lifetimes.reduce((sum, each) => sum + each, 0) / CUTS;
  const [shortest, longest] = [Math.min(...lifetimes), Math.max(...lifetimes)];
  if (shortest <= SHORTEST_CUT_MS || longest - shortest > CUT_SPREAD * period) return null;
  // A gateway that crashes like clockwork cuts too: the one behind the sockets must be proved to live on.
  const answered = servers.filter(({ at }) => at >= first.openedAt);
  const isOneRun = answered.every((each, index) => {
    const before = answered[index - 1];
    return before === undefined || isSameRun(before, each) === true;
  });
  if (!isOneRun || answered.length < CUTS) return null;
  const openSince = servers.at(-1)?.at ?? 0;
  const hasOutlived = openSince >= newest.closedAt && now - openSince > longest * (1 + CUT_SPREAD);
  return hasOutlived ? null : { code: 'idle-cut', at: newest.closedAt, figures: [spoken(period), CUTS] };
}

/** [E5] Those who came back after another one had answered. */
const returned = (servers: readonly Server[]): readonly Server[] =>
  servers.filter((server, index) => {
    const before = servers[index - 1];
    const first = servers.slice(0, index).findIndex((each) => isSameRun(each, server) === true);
    const old = servers[first];
    if (before === undefined || old === undefined || isSameRun(before, server) === true) return false;
    const between = servers.slice(first + 1, index);
    return between.some((each) => isSameRun(old, each) === false || isSameRun(each, server) === false);
  });

/** [E5] Figures: how often one came back, and the versions. */
function alternation({ servers }: Evidence, now: number): Finding | null {
  const recent = servers.filter(({ at }) => now - at < FIGHT_LASTS_MS);
  const returns = returned(recent);
  const newest = returns.at(-1);
  if (newest === undefined) return null;
  const versions = [...new Set(recent.map(({ version }) => version ?? '?'))];
  return { code: 'gateways-alternate', at: newest.at, figures: [returns.length, versions.join(', ')] };
}

/** [E8] Figures: how many restarts, within how long. */
function flapping(evidence: Evidence, now: number): Finding | null {
  const recent = restarts(evidence).filter((at) => now - at < FLAP_WINDOW_MS);
  const [first, newest] = [recent.at(0), recent.at(-1)];
  if (first === undefined || newest === undefined || recent.length < FLAPS) return null;
  return { code: 'gateway-flapping', at: newest, figures: [recent.length, spoken(newest - first)] };
}

/** [E6] Figure: how long after the announcement the old one answered. */
function outlivedRestart({ restartAnnouncedAt, servers }: Evidence): Finding | null {
  const answered = servers.find(({ at }) => restartAnnouncedAt !== null && at > restartAnnouncedAt);
  if (restartAnnouncedAt === null || answered === undefined) return null;
  const code = 'restart-outlived';
  return { code, at: answered.at, figures: [spoken(answered.at - restartAnnouncedAt)] };
}

/** [E12] No figures. */
function stillRefused({ turnedAway }: Evidence): Finding | null {
  if (turnedAway?.stillAt == null) return null;
  return { code: 'origin-still-refused', at: turnedAway.stillAt, figures: [] };
}

/** [E10] Figure: how often. */
function forgottenDevices({ repairs, servers }: Evidence, now: number): Finding | null {
  // What one gateway issued another one refuses: nothing is forgotten then.
  if (returned(servers).length > 0) return null;
  const again = repairs.filter(
    ({ at, cause }) => now - at < DAY && (cause === 'device-token-mismatch' || cause === 'not-paired'),
  );
  const newest = again.at(-1);
  if (newest === undefined || again.length < FORGOTTEN) return null;
  return { code: 'devices-forgotten', at: newest.at, figures: [again.length] };
}

/** What a clock that was wrong and is set right again leaves behind. Pure; milliseconds since the epoch. */
import type { Evidence } from './evidence-state.ts';
import type { ConnectionState } from './state.ts';

/** Clocks are set by fractions of a second now and then, and that spoils nothing. */
const SLIP_MS = 1_000;

/**
 * [C10] Nothing of the past is later than now: what is was noted by a clock that was set back since. What lasts is said to
 * have begun now, and what such a clock noted of the past proves nothing. Deadlines are C9's. The same object where
 * nothing has to change.
 */
export function withoutFuture(state: ConnectionState, now: number): ConnectionState {
  const { phase, trouble, proof, notice, repair, evidence } = state;
  const isAhead = (at: number | null | undefined): boolean => at != null && at - now > SLIP_MS;
  const moments = [
    phase.name === 'connected' ? phase.since : null,
    trouble?.since,
    proof?.at,
    notice?.at,
    repair?.since,
    state.repairs.at(-1),
    state.lookout?.lookedAt,
  ];
  const past = withoutFutureEvidence(evidence, now, isAhead);
  if (past === evidence && !moments.some(isAhead)) return state;
  return {
    ...state,
    phase: phase.name === 'connected' ? { ...phase, since: Math.min(phase.since, now) } : phase,
    // By its beginning a lock-out knows that it has to be moved (C9).
    trouble:
      trouble && trouble.cause !== 'rate-limited'
        ? { ...trouble, since: Math.min(trouble.since, now) }
        : trouble,
    proof: proof && { ...proof, at: Math.min(proof.at, now) },
    notice: notice && { ...notice, at: Math.min(notice.at, now) },
    repair: repair && { ...repair, since: Math.min(repair.since, now) },
    repairs: state.repairs.map((at) => Math.min(at, now)),
    lookout: state.lookout && { lookedAt: Math.min(state.lookout.lookedAt, now) },
    evidence: past,
  };
}

function withoutFutureEvidence(
  evidence: Evidence,
  now: number,
  isAhead: (at: number | null) => boolean,
): Evidence {
  const { sockets, servers, strangers, repairs, challengedAt, restartAnnouncedAt } = evidence;
  const isSpoilt =
    isAhead(challengedAt) ||
    isAhead(restartAnnouncedAt) ||
    sockets.some(({ closedAt }) => isAhead(closedAt)) ||
    servers.some(({ at }) => isAhead(at)) ||
    strangers.some(({ until }) => isAhead(until)) ||
    repairs.some(({ at }) => isAhead(at));
  if (!isSpoilt) return evidence;
  return {
    ...evidence,
    sockets: sockets.filter(({ closedAt }) => !isAhead(closedAt)),
    servers: servers.filter(({ at }) => !isAhead(at)),
    strangers: strangers.filter(({ until }) => !isAhead(until)),
    repairs: repairs.filter(({ at }) => !isAhead(at)),
    ...(isAhead(restartAnnouncedAt) && { restartAnnouncedAt: null }),
    // A gateway was met all the same; how its clock compares with one that is right is not known yet.
    ...(isAhead(challengedAt) && {
      challengedAt: now,
      skewMs: null,
      openMs: null,
      challengeMs: null,
      helloMs: null,
    }),
  };
}

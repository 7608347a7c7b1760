/**
 * The doctor's steps: what each needs, and how it is judged by what was observed. Pure.
 *
 * The worker leads where it lives: it holds the one connection that matters. The page's own looks say how far an
 * address can be trusted while there is no connection, and while there is no worker.
 */
import type { Cause } from '../gateway/causes.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { isConnected } from '../gateway-status.ts';
import { type Check, fail, type Judgement, NOT_TRIED, pass, skip, warn } from './judgement.ts';
import { RELAY_CHECKS } from './relay-checks.ts';
import { isVague, roadFinding } from './road.ts';
import { alive, isAnswer, stepOf } from './steps.ts';
import { CHECKS, type CheckId, type Fault, type Observations, type Omission, type Outcome } from './types.ts';

/** The connection holds: a look that failed before it did proves nothing any more. */
function holds(seen: Observations): boolean {
  const status = alive(seen);
  return status !== null && isConnected(status);
}

/** What the connection says of a step: that it failed, that it must have passed, or nothing. */
function told(seen: Observations, id: CheckId): Cause | 'passed' | null {
  const status = alive(seen);
  if (status === null) return null;
  if (isConnected(status)) return 'passed';
  if (status.cause === null) return null;
  const failing = stepOf(status.cause, seen.looks);
  if (failing === id) return status.cause;
  return isAnswer(status.cause) && CHECKS.indexOf(failing) > CHECKS.indexOf(id) ? 'passed' : null;
}

/** A refusal is known, even while the gateway that uttered it is away. */
const refusal =
  (id: CheckId) =>
  (seen: Observations): Judgement | null => {
    const cause = told(seen, id);
    return cause === null || cause === 'passed' ? null : fail(cause);
  };

/** A step that only the worker's own connection can take. */
const byConnection = (
  id: CheckId,
  needs: readonly CheckId[],
  figures?: (status: GatewayStatus) => string[],
): Check => ({
  needs,
  known: refusal(id),
  judge: (seen) =>
    told(seen, id) === 'passed' && seen.status !== null ? pass(figures?.(seen.status)) : NOT_TRIED,
});

/** With its sign, to a tenth of a second; none where nothing of it would be seen. */
const difference = (ms: number): string[] =>
  Math.abs(ms) < 50 ? [] : [`${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1_000).toFixed(1)} s`];

const TABLE: Readonly<Record<CheckId, Check>> = {
  'EXT-WORKER': {
    needs: [],
    judge: ({ looks: { worker } }) =>
      worker.found === 'answers' ? pass([], worker.tookMs) : fail('worker-silent', worker.tookMs),
  },
  'EXT-STORAGE': {
    needs: [],
    judge({ storageProblem, looks: { storage } }) {
      if (storageProblem !== null) return fail(`storage-${storageProblem}`, storage.tookMs);
      if (storage.found === 'slow') return NOT_TRIED;
      return storage.found === 'usable'
        ? pass([], storage.tookMs)
        : fail(`storage-${storage.found}`, storage.tookMs);
    },
  },
  'EXT-IDENTITY': {
    needs: [],
    known: refusal('EXT-IDENTITY'),
    judge({ status, looks: { identity } }) {
      if (identity === null) return skip('not-set-up');
      switch (identity.found) {
        case 'usable':
          return pass([], identity.tookMs);
        case 'slow':
          return NOT_TRIED;
        case 'exportable':
          return warn('identity-exportable');
        case 'unusable':
          return fail('identity-unavailable', identity.tookMs);
        case 'absent':
          // It is made for the first connection. One that was there and is gone takes the pairing with it.
          return status?.provenAt ? fail('identity-unavailable', identity.tookMs) : NOT_TRIED;
        default:
          return identity.found satisfies never;
      }
    },
  },
  'NET-ONLINE': {
    needs: [],
    known: refusal('NET-ONLINE'),
    judge(seen) {
      if (seen.status?.reach === 'loopback') return skip('not-applicable');
      return seen.looks.isOnline || told(seen, 'NET-ONLINE') === 'passed' ? pass() : fail('offline');
    },
  },
  'NET-LISTEN': {
    needs: ['NET-ONLINE'],
    known: refusal('NET-LISTEN'),
    judge(seen) {
      const { knock } = seen.looks;
      if (holds(seen)) return pass([], knock?.tookMs);
      if (knock === null) return told(seen, 'NET-LISTEN') === 'passed' ? pass() : NOT_TRIED;
      if (knock.found === 'answered') return pass([], knock.tookMs);
      if (knock.found === 'refused') return fail('gateway-unreachable', knock.tookMs);
      return fail(seen.status?.provenAt ? 'gateway-not-answering' : 'address-silent', knock.tookMs);
    },
  },
  'NET-HTTP': {
    needs: ['NET-LISTEN'],
    judge({ looks: { http } }) {
      if (http === null) return NOT_TRIED;
      const { found, tookMs } = http;
      switch (found.kind) {
        case 'not-allowed':
          return skip('needs-permission');
        case 'gateway':
          return pass([[found.phase, found.version].filter((part) => part !== null).join(', ')], tookMs);
        case 'other':
          return { ...warn(null, [`HTTP ${found.status} ${found.contentType}`.trim()]), tookMs };
        case 'silent':
          return { ...warn(null, ['–']), tookMs };
        default:
          return found satisfies never;
      }
    },
  },
  'GW-SPEAKS': {
    needs: ['NET-LISTEN'],
    known: refusal('GW-SPEAKS'),
    judge(seen) {
      const { http, firstFrame } = seen.looks;
      if (holds(seen)) return pass();
      if (firstFrame === null || http?.found.kind === 'gateway') {
        const isProved = told(seen, 'GW-SPEAKS') === 'passed' || http?.found.kind === 'gateway';
        return isProved ? pass([], firstFrame?.tookMs ?? null) : NOT_TRIED;
      }
      switch (firstFrame.found) {
        case 'challenge':
          return pass([], firstFrame.tookMs);
        case 'silent':
          return fail('gateway-mute', firstFrame.tookMs);
        case 'other':
          return fail('not-a-gateway', firstFrame.tookMs);
        case 'refused':
          return fail('handshake-failed', firstFrame.tookMs);
        default:
          return firstFrame.found satisfies never;
      }
    },
  },
  'GW-READY': {
    needs: ['GW-SPEAKS'],
    known: refusal('GW-READY'),
    judge(seen) {
      const found = seen.looks.http?.found;
      const isTaken = told(seen, 'GW-READY') === 'passed';
      if (found?.kind === 'gateway') {
        if (!isTaken && found.phase === 'starting') return fail('gateway-starting');
        if (!isTaken && found.phase === 'draining') return fail('gateway-restarting');
        if (found.failing !== null && found.failing.length > 0) {
          return warn(null, [found.failing.join(', ')]);
        }
        if (found.phase === 'started') return pass();
      }
      if (isTaken) return pass();
      return found?.kind === 'not-allowed' ? skip('needs-permission') : NOT_TRIED;
    },
  },
  'GW-ADMITS': byConnection('GW-ADMITS', ['EXT-WORKER', 'GW-READY']),
  'GW-ACCEPTS': byConnection('GW-ACCEPTS', ['EXT-WORKER', 'EXT-IDENTITY', 'GW-ADMITS'], (status) => [
    // Who waits for an approval was let in by a secret or a setup code; we do not know here by which.
    !isConnected(status) ? 'other' : status.isWithoutDeviceToken ? 'gateway-secret' : 'device-token',
  ]),
  'GW-APPROVED': byConnection('GW-APPROVED', ['EXT-WORKER', 'GW-ACCEPTS']),
  'GW-LIVES': {
    needs: ['EXT-WORKER', 'GW-APPROVED'],
    known: refusal('GW-LIVES'),
    judge({ status, looks }) {
      if (status === null) return NOT_TRIED;
      if (status.code === 'unknown') return warn(null);
      if (!isConnected(status)) return NOT_TRIED;
      const isFresh = status.provenAt !== null && status.provenAt >= looks.startedAt;
      return isFresh ? pass([status.latencyMs === null ? '–' : `${status.latencyMs} ms`]) : warn(null);
    },
  },
  'GW-CLOCK': {
    needs: ['GW-SPEAKS'],
    known: ({ status }) => finding(status, true),
    judge: ({ status }) => (status?.skewMs == null ? NOT_TRIED : pass(difference(status.skewMs))),
  },
  'GW-STAYS': {
    needs: ['GW-LIVES'],
    known: ({ status }) => finding(status, false),
    judge: ({ status }) => (status !== null && isConnected(status) ? pass() : NOT_TRIED),
  },
  ...RELAY_CHECKS,
};

/** What the past proves; it does not stop what works now. Clocks have a step of their own. */
function finding(status: GatewayStatus | null, isOfClock: boolean): Judgement | null {
  const found = status?.findings.find(({ code }) => code.startsWith('clock-') === isOfClock);
  return found ? warn(found.code, found.figures.map(String)) : null;
}

const isVagueReason = (because: Outcome['because']): boolean =>
  isVague(because as Fault) || because === 'origin-not-allowed';

/** Why nothing beyond this browser is looked at; `null`: it is. */
function omission({ status }: Observations): Omission | null {
  if (status === null) return 'not-set-up';
  return status.code === 'paused' ? 'paused' : null;
}

/** Judges every step, in order. A failed step, and it alone, is why the ones that need it were not taken. */
export function examine(seen: Observations): readonly Outcome[] {
  const outcomes = new Map<CheckId, Outcome>();
  const omitted = omission(seen);
  /** The step that failed, at the root of it. */
  const culprit = (id: CheckId): CheckId | null => {
    const outcome = outcomes.get(id);
    if (outcome?.result === 'fail') return id;
    const because = outcome?.result === 'skip' ? outcome.because : null;
    return CHECKS.find((check) => check === because) ?? null;
  };
  for (const id of CHECKS) {
    const { needs, known, judge } = TABLE[id];
    const obstacle = needs.map(culprit).find((each) => each !== null);
    const judgement =
      omitted !== null && !id.startsWith('EXT-')
        ? skip(omitted)
        : (known?.(seen) ?? (obstacle ? skip(obstacle) : judge(seen)));
    outcomes.set(id, { id, ...judgement });
  }
  const onTheWay = roadFinding(seen);
  if (onTheWay === null) return [...outcomes.values()];
  const isVagueFailure = ({ result, because }: Outcome): boolean =>
    result === 'fail' && isVagueReason(because);
  const root = [...outcomes.values()].find(isVagueFailure)?.id;
  // The step that failed is the same; why is known better. What failed after it failed for the same reason.
  return [...outcomes.values()].map((outcome) =>
    root === undefined || !isVagueFailure(outcome)
      ? outcome
      : outcome.id === root
        ? { ...outcome, because: onTheWay }
        : { id: outcome.id, ...skip(root) },
  );
}

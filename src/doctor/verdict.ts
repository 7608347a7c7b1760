/** What is wrong, and where: one fault, the root of the others. Pure. */
import { explains, type FindingCode } from '../gateway/finding.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { locate } from './location.ts';
import { roadFinding } from './road.ts';
import { alive } from './steps.ts';
import {
  type Fault,
  type Observations,
  type Outcome,
  OWN_FAULTS,
  type OwnFault,
  type Verdict,
} from './types.ts';

/** What the past proves and what may itself be why a relay is in trouble now. */
const DEEPER_THAN_RELAY: readonly FindingCode[] = [
  'gateways-alternate',
  'gateway-flapping',
  'restart-outlived',
];

const isOwn = (fault: Outcome['because']): fault is OwnFault => OWN_FAULTS.some((own) => own === fault);

/**
 * Names the one fault to treat. This browser's own faults come first, because nothing else can be trusted then;
 * after it the cause that the gateway itself gave, what our own look found instead, what the past proves, the relay,
 * and what this browser is warned of. What nothing proves stays unnamed.
 */
export function verdictOf(seen: Observations, outcomes: readonly Outcome[]): Verdict {
  const { status } = seen;
  const diagnosis = faultOf(seen, outcomes);
  if (diagnosis !== null) {
    const isEncrypted = status?.address.startsWith('wss:') ?? false;
    const location = isOwn(diagnosis)
      ? 'browser'
      : locate(diagnosis, status?.reach ?? 'loopback', isEncrypted);
    return { diagnosis, location };
  }
  // No connection that was proved in this run, and no reason for it either.
  const lives = outcomes.find(({ id }) => id === 'GW-LIVES');
  const isWell = lives?.result === 'pass' || status === null || status.code === 'paused';
  return { diagnosis: null, location: isWell ? null : 'unknown' };
}

function faultOf(seen: Observations, outcomes: readonly Outcome[]): Fault | null {
  const failed = outcomes.filter(({ result }) => result === 'fail');
  const own = failed.map(({ because }) => because).find(isOwn);
  if (own) return own;
  const status = alive(seen);
  if (status?.code === 'paused') return null;
  const onTheWay = roadFinding(seen);
  if (onTheWay !== null) return onTheWay;
  if (status?.cause != null) {
    const { cause, findings } = status;
    return findings.find(({ code }) => explains(code, cause))?.code ?? cause;
  }
  const found = failed.find(({ id }) => !id.startsWith('RL-'))?.because;
  if (found) return found as Fault;
  return (status === null ? null : lesserFault(status)) ?? ownWarning(outcomes);
}

/** Nothing is broken, and yet it is not as it should be. */
const ownWarning = (outcomes: readonly Outcome[]): OwnFault | null =>
  outcomes
    .filter(({ result }) => result === 'warn')
    .map(({ because }) => because)
    .find(isOwn) ?? null;

/** The connection works: what is proved of its past, and of the relay beside it. */
function lesserFault({ findings, relay, code }: GatewayStatus): Fault | null {
  const relayFault = code === 'relay' ? relay.cause : null;
  const codes = findings.map((finding) => finding.code);
  return codes.find((each) => DEEPER_THAN_RELAY.includes(each)) ?? relayFault ?? codes[0] ?? null;
}

/**
 * What has to be shown in a situation of gateway, path and credentials, and what is left for the user to do. Pure, and written
 * from SPEC.md's rules and the gateway's measured behaviour alone: nothing of the product decides here.
 */
import type { StatusCode } from '../../harness/browser/popup-page.ts';
import type { Cause } from '../../src/gateway/causes.ts';
import { change, type Pairing, type Presence, type Sight, type Situation } from './situation.ts';

/** What only the user can do: run the card's command, paste a credential, or press the card's button. */
export type Part = 'approve' | 'paste' | 'try-again';

interface Look {
  readonly status: readonly StatusCode[];
  readonly cause: Cause | null;
  readonly user: Part | null;
}

export interface Outcome extends Look {
  /** All situations in which this is shown. Not one of them: what looks the same now may differ later. */
  readonly situations: readonly Situation[];
}

/** Of one situation. */
interface Ending extends Look {
  readonly situation: Situation;
}

const CALM: readonly StatusCode[] = ['healthy', 'healed'];
const OUTAGE: readonly StatusCode[] = ['reconnecting', 'down'];

/** [R4] More repairs than this within the window are not tried. */
const REPAIRS_LIMIT = 3;
const REPAIRS_WINDOW_MS = 300_000;
/** Near the window's edge nobody can say on which side the extension's clock was. */
const EDGE_MS = 20_000;

type Shown = Pick<Look, 'status' | 'cause'>;

const UNREACHABLE: Shown = { status: OUTAGE, cause: 'gateway-unreachable' };
const SILENT: Shown = { status: OUTAGE, cause: 'gateway-not-answering' };

const ABSENCES: Record<Exclude<Presence, 'up' | 'other'>, Shown> = {
  gone: UNREACHABLE,
  announced: { status: ['starting', 'down'], cause: 'gateway-stopping' },
  hung: SILENT,
  'web-server': { status: OUTAGE, cause: 'handshake-failed' },
  'mute-server': { status: OUTAGE, cause: 'gateway-mute' },
};

/** What is known of a gateway that is not reached; `null` if it is. */
function absence({ presence, network }: Situation): Shown | null {
  // What it said hides every symptom (SPEC D4).
  if (presence === 'announced') return ABSENCES.announced;
  if (network === 'offline') return UNREACHABLE;
  if (network === 'stalled') return SILENT;
  return presence === 'up' || presence === 'other' ? null : ABSENCES[presence];
}

/** What is noticed of the end of a run by looking: a closed port, and a goodbye; a stranger who was quick hides it. */
function looked(situation: Situation): Situation {
  const { presence, network } = situation;
  const isClosed = network === 'offline' || presence === 'gone' || presence === 'announced';
  const isTaken = presence === 'web-server' || presence === 'mute-server';
  if (network === 'stalled' || (situation.blocked !== null && !isWatching(situation))) return situation;
  return change.ended(isClosed ? 'yes' : isTaken ? 'perhaps' : 'no')(situation);
}

/** What may have been noticed was, or was not. */
function resolved(situation: Situation): readonly Situation[] {
  const { isOver, mayBeAnother } = situation;
  if (isOver !== 'perhaps' && mayBeAnother !== 'perhaps') return [situation];
  const as = (instead: Sight): Situation => ({
    ...situation,
    isOver: isOver === 'perhaps' ? instead : isOver,
    mayBeAnother: mayBeAnother === 'perhaps' ? instead : mayBeAnother,
  });
  return [as('yes'), as('no')];
}

/** [R18] What was set aside, and in doubt is still to be tried, is tried with a later run. */
function broughtBack(situation: Situation): Situation {
  const { held, aside, isOver } = situation;
  if (isOver !== 'yes') return situation;
  return {
    ...situation,
    blocked: null,
    held: {
      ...held,
      token: held.token ?? aside.token,
      secret: held.secret ?? aside.secret,
      hasSetupCode: held.hasSetupCode || aside.hasSetupCode,
      isCodeFresh: held.hasSetupCode && held.isCodeFresh,
    },
    aside: { token: null, secret: null, hasSetupCode: false },
  };
}

const holds = ({ token, secret, hasSetupCode }: Situation['aside']): boolean =>
  token !== null || secret !== null || hasSetupCode;

/** [R20] What lies in this browser another run can end by what is aside alone. */
const isWatching = ({ blocked, held, aside }: Situation): boolean =>
  holds(aside) || (blocked !== 'no-credential' && blocked !== 'credential-unanswered' && holds(held));

/** A click may end these, if there is anything to send. */
const CLICKABLE: readonly Cause[] = [
  'credential-unanswered',
  'device-token-unstable',
  'device-token-mismatch',
  'maybe-another-gateway',
];

const blockedBy = (situation: Situation, cause: Cause): Ending => ({
  status: ['needs-you'],
  cause,
  user: CLICKABLE.includes(cause) && holds(situation.held) ? 'try-again' : 'paste',
  situation: { ...situation, blocked: cause },
});

/** What whoever is at the port knows. */
const whoAnswers = ({ presence, gateway, otherSecret }: Situation): Situation['gateway'] =>
  presence === 'other' ? { secret: otherSecret ?? '', pairing: null } : gateway;

function isTokenGood(situation: Situation): boolean {
  const { pairing, secret } = whoAnswers(situation);
  return (
    pairing?.hasRole === true &&
    pairing.token === situation.held.token &&
    (pairing.issuer === null || pairing.issuer === secret)
  );
}

/** The gateway took a secret or setup code: approval where the record lacks something, else a fresh token. */
function admitted(situation: Situation, issuer: string | null): Ending {
  const { pairing } = whoAnswers(situation);
  const held = { ...situation.held, isSecretFresh: false };
  if (!pairing?.hasRole) {
    const cause = pairing === null ? 'not-paired' : 'role-upgrade';
    return { status: ['approval'], cause, user: 'approve', situation: { ...situation, held } };
  }
  const token = situation.issued + 1;
  const gateway = { ...situation.gateway, pairing: { ...(pairing satisfies Pairing), token, issuer } };
  const { aside } = situation;
  return calm({
    ...situation,
    gateway,
    held: { ...held, token, hasSetupCode: false, isCodeFresh: false },
    aside: { token: null, secret: issuer === null ? aside.secret : null, hasSetupCode: false },
    issued: token,
  });
}

const calm = (situation: Situation): Ending => ({
  status: CALM,
  cause: null,
  user: null,
  situation: { ...situation, mayBeAnother: 'no', isPairing: false, hangsUp: false },
});

/** What is sent, one after the other. `refused`: what the last one was refused for. */
function walk(situation: Situation, now: number, refused: Cause | null): readonly Ending[] {
  const { held } = situation;
  if (held.hasSetupCode && held.isCodeFresh) return withCode(situation, now);
  if (held.secret !== null && held.isSecretFresh) return withSecret(situation, now);
  if (held.token !== null) return withToken(situation, now);
  if (isHeldBack(situation)) return [blockedBy(situation, refused ?? 'maybe-another-gateway')];
  if (held.hasSetupCode) return withCode(situation, now);
  if (held.secret !== null) return withSecret(situation, now);
  return [blockedBy(situation, refused ?? 'no-credential')];
}

/** [R19] */
const isHeldBack = ({ mayBeAnother, isPairing, held, aside }: Situation): boolean =>
  mayBeAnother === 'yes' && !isPairing && (held.token !== null || aside.token !== null);

function withCode(situation: Situation, now: number): readonly Ending[] {
  if (situation.presence !== 'other' && !situation.isCodeRevoked) return [admitted(situation, null)];
  const held = { ...situation.held, hasSetupCode: false };
  const aside = { ...situation.aside, hasSetupCode: true };
  return walk({ ...situation, held, aside }, now, 'setup-code-rejected');
}

function withSecret(situation: Situation, now: number): readonly Ending[] {
  const { secret } = situation.held;
  if (secret === whoAnswers(situation).secret) return [admitted(situation, secret)];
  const held = { ...situation.held, secret: null, isSecretFresh: false };
  const refusals = walk(
    { ...situation, held, aside: { ...situation.aside, secret } },
    now,
    'gateway-secret-mismatch',
  );
  // [R8] Two attempts without an answer, and the user decides.
  return situation.hangsUp ? [...refusals, blockedBy(situation, 'credential-unanswered')] : refusals;
}

function withToken(situation: Situation, now: number): readonly Ending[] {
  if (isTokenGood(situation)) return [calm(situation)];
  const { held, aside, repairs } = situation;
  const without: Situation = {
    ...situation,
    held: { ...held, token: null },
    aside: { ...aside, token: held.token },
  };
  const sure = repairs.filter((at) => now - at < REPAIRS_WINDOW_MS - EDGE_MS).length;
  const possible = repairs.filter((at) => now - at < REPAIRS_WINDOW_MS + EDGE_MS).length;
  const outcomes: Ending[] = [];
  if (possible >= REPAIRS_LIMIT) outcomes.push(blockedBy(without, 'device-token-unstable'));
  if (sure >= REPAIRS_LIMIT) return outcomes;
  if (isHeldBack(situation)) return [...outcomes, blockedBy(without, 'maybe-another-gateway')];
  // [R16] The user wants to be asked first.
  if (!situation.repairsItself) return [...outcomes, blockedBy(without, 'device-token-mismatch')];
  return [...outcomes, ...walk(without, now, 'device-token-mismatch')];
}

/** Once all that may have been noticed is settled. */
function shownIn(situation: Situation, now: number): readonly Ending[] {
  const { blocked, isOver } = situation;
  if (blocked !== null && !(isWatching(situation) && isOver === 'yes'))
    return [blockedBy(situation, blocked)];
  const back = broughtBack(situation);
  const absent = absence(situation);
  if (absent !== null) return [{ ...absent, user: null, situation: back }];
  // Whoever answers now is the run that the next end is counted from; one that is about to restart may refuse first.
  return walk({ ...back, isOver: situation.hangsUp ? 'perhaps' : 'no' }, now, null);
}

/**
 * What may be shown once the extension has done all that it can. Several near the end of a time window, and where chance
 * decides whether the end of a run was noticed.
 *
 * @param situations all that may be the case
 * @param now milliseconds since the epoch
 */
export function outcomes(situations: readonly Situation[], now: number): readonly Outcome[] {
  const looks = new Map<string, Look & { situations: Map<string, Situation> }>();
  for (const { situation, ...look } of situations
    .flatMap(looked)
    .flatMap(resolved)
    .flatMap((each) => shownIn(each, now))) {
    const key = [look.cause, ...look.status, look.user].join();
    const same = looks.get(key) ?? { ...look, situations: new Map() };
    same.situations.set(JSON.stringify(situation), situation);
    looks.set(key, same);
  }
  return [...looks.values()].map((each) => ({ ...each, situations: [...each.situations.values()] }));
}

/**
 * Carries out a look at a relay: goes where the plan says and reports what is seen. It concludes nothing, and foreign
 * words are handed on as they came.
 */
import { httpOrigin } from '../../pairing/address.ts';
import type { Observation, RelayPlan } from '../../relay/look.ts';
import type { Secret } from '../../secret.ts';
import { knockAt } from '../knock.ts';
import { hasHostAccess } from '../permissions.ts';
import {
  type RouteReading,
  readAttachment,
  readFirstNew,
  readLegacyStatus,
  readRoute,
} from './relay-http.ts';
import { openRelayKey, type RelayKey } from './relay-key.ts';
import { type Visit, visitRelay } from './relay-socket.ts';

/** Milliseconds. */
const KNOCK_TIMEOUT_MS = 2_000;

/** Milliseconds. Sooner, the browser may hand us the connection of the last question, which answers no other. */
const ATTACHMENT_PAUSE_MS = 11_000;

/** When each relay last said that the official extension is attached. Lives as long as the worker. */
const attachedAt = new Map<string, number>();

type Target = RelayPlan['looks'][number];

export interface RelayLook {
  readonly observations: readonly Observation[];
  /** WebSocket handshakes that failed: too many of them slow down the whole extension. */
  readonly failedHandshakes: number;
}

/**
 * Looks at each address of the plan, in order. Never throws, and takes a few seconds at most.
 *
 * @param secret the relay key, if one is held. It proves the relay; it is shown to none that could do without it
 */
export async function lookAtRelay(plan: RelayPlan, secret: Secret | null): Promise<RelayLook> {
  const key = secret && (await openRelayKey(secret).catch(() => null));
  const observations: Observation[] = [];
  let failedHandshakes = 0;
  const visit = async (address: string, shown: RelayKey | null): Promise<Visit> => {
    const seen = await visitRelay(address, shown);
    if (seen.sight === 'not-upgraded') failedHandshakes += 1;
    return seen;
  };
  for (const target of plan.looks) {
    // Of an unknown version only one relay can be there: the one that has spoken.
    const hasSpoken = observations.some(({ sight }) => sight === 'relay' || sight === 'proved');
    if (plan.generation === 'unknown' && hasSpoken) break;
    observations.push(await look(target, plan, target.isKeyMeant ? key : null, visit));
  }
  return { observations, failedHandshakes };
}

async function look(
  target: Target,
  plan: RelayPlan,
  key: RelayKey | null,
  visit: typeof visitRelay,
): Promise<Observation> {
  const origin = httpOrigin(target.address);
  // A closed port costs a fetch nothing; a WebSocket would pay with the speed of all that follow.
  const knocked = await knockAt(origin, KNOCK_TIMEOUT_MS);
  const seen = {
    address: target.address,
    place: target.place,
    words: null,
    attached: 'unseen',
    instance: null,
  } as const;
  if (knocked === 'refused') return { ...seen, sight: 'refused' };
  if (knocked === 'timeout') return { ...seen, sight: 'silent' };
  switch (target.method) {
    case 'socket': {
      const visited = await bySocket(target, key, visit);
      const attached =
        visited.sight === 'proved' && target.place === 'relay' && key
          ? await attachment(target.address, origin, key)
          : 'unseen';
      return { ...seen, ...visited, attached };
    }
    case 'http':
      return { ...seen, ...(await byHttp(target, plan, origin, key)) };
    case 'status':
      return { ...seen, ...(await readLegacyStatus(pageOf(target.address))) };
    default:
      return target.method satisfies never;
  }
}

async function bySocket(
  { address, place, profile }: Target,
  key: RelayKey | null,
  visit: typeof visitRelay,
): Promise<Visit> {
  const query = profile === null ? '' : `?profile=${encodeURIComponent(profile)}`;
  const seen = await visit(address + query, key);
  if (seen.sight !== 'not-upgraded') return seen;
  // Refused before it was opened, which never says why. Is it the profile?
  if (query !== '' && (await visit(address, key)).sight !== 'not-upgraded') {
    return { sight: 'profile-refused', words: null, instance: null };
  }
  const isThere =
    place === 'gateway' &&
    (await hasHostAccess(address)) &&
    (await readRoute(pageOf(address))).sight === 'relay';
  return { sight: isThere ? 'locked' : 'not-upgraded', words: null, instance: null };
}

async function byHttp(
  { address, place }: Target,
  { generation }: RelayPlan,
  origin: string,
  key: RelayKey | null,
): Promise<RouteReading> {
  if (!(await hasHostAccess(address))) return { sight: 'listens', attached: 'unseen' };
  if (place === 'gateway') return readRoute(pageOf(address));
  return readFirstNew(origin, generation === 'v1' ? key : null);
}

async function attachment(address: string, origin: string, key: RelayKey): Promise<Observation['attached']> {
  if (!(await hasHostAccess(address))) return 'unseen';
  // Only after a yes does the relay hold on to the connection; a no is asked again, or it would confirm itself.
  if (Date.now() - (attachedAt.get(origin) ?? 0) < ATTACHMENT_PAUSE_MS) return 'yes';
  const attached = await readAttachment(origin, key);
  if (attached === 'yes') attachedAt.set(origin, Date.now());
  return attached;
}

/** The same address for HTTP. */
const pageOf = (address: string): string => address.replace(/^ws/, 'http');

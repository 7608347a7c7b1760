/**
 * The looks that the doctor's page makes itself, so that it works while gateway, network and worker are down. All at
 * once, each with a time limit of its own: together under three seconds when nothing answers.
 */

import { isAnswer } from '../../doctor/steps.ts';
import type { HttpAnswer, Look, Looks, RoadLook } from '../../doctor/types.ts';
import { OWN_CLIENT_KINDS, OWN_CLIENTS } from '../../gateway/compatibility.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { isConnected } from '../../gateway-status.ts';
import type { Command } from '../../messages.ts';
import { httpOrigin } from '../../pairing/address.ts';
import browser from '../api.ts';
import { storedDeviceKey } from '../keys.ts';
import { knockAt } from '../knock.ts';
import { firstFrame, httpAnswer } from './port-probe.ts';
import type { SeenBeside } from './road-probes.ts';

/** Milliseconds. A worker that has to start first takes a few hundred. */
const WORKER_LIMIT_MS = 2_500;
const DISK_LIMIT_MS = 1_500;
/** Milliseconds. Three round trips to the far side of the world, with encryption. */
const KNOCK_LIMIT_MS = 1_500;
const HTTP_LIMIT_MS = 2_000;
/**
 * Milliseconds. Each of the looks at the way, of which two follow each other. HAProxy takes three seconds to find that a
 * port is closed: what comes after the run is over is told later.
 */
const ROAD_LIMIT_MS = 10_000;
/** Milliseconds. What a run waits for them. */
const RUN_LIMIT_MS = 2_700;
/** Milliseconds. Comes after the knock, and a gateway speaks at once. */
const FRAME_LIMIT_MS = 1_200;

/** A key of our own that nobody reads: to see whether the disk takes writes. */
const SCRATCH_KEY = 'doctor:scratch';

/** A command about no gateway changes nothing and is answered all the same. */
const PING: Command = { type: 'check', gatewayId: '-' };

/** `work`, or `otherwise` if it fails or takes longer than `limitMs`; and how long that took. */
async function timed<T>(work: Promise<T>, limitMs: number, otherwise: T): Promise<Look<T>> {
  const startedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), limitMs);
  });
  const found = await Promise.race([work.catch(() => otherwise), limit]);
  clearTimeout(timer);
  return { found, tookMs: performance.now() - startedAt };
}

/** Wakes the worker if it sleeps. What it answers does not matter. */
async function worker(command: Command): Promise<'answers' | 'silent'> {
  const reply: unknown = await browser.runtime.sendMessage(command);
  return reply == null ? 'silent' : 'answers';
}

async function disk(): Promise<'usable' | 'unreadable' | 'unwritable'> {
  const { local } = browser.storage;
  const mark = crypto.randomUUID();
  try {
    await local.get('gateways');
  } catch {
    return 'unreadable';
  }
  // Of two pages that look at the same moment one would read what the other wrote.
  return navigator.locks.request(SCRATCH_KEY, async () => {
    try {
      await local.set({ [SCRATCH_KEY]: mark });
    } catch {
      return 'unwritable';
    }
    const { [SCRATCH_KEY]: read } = await local.get(SCRATCH_KEY);
    await local.remove(SCRATCH_KEY);
    return read === mark ? 'usable' : 'unwritable';
  });
}

/** The key that signs for us at this gateway: whether it is there, stays there, and works. It is never made here. */
async function identity(gatewayId: string): Promise<'usable' | 'exportable' | 'unusable' | 'absent'> {
  try {
    return await triedIdentity(gatewayId);
  } catch {
    return 'unusable';
  }
}

async function triedIdentity(gatewayId: string): Promise<'usable' | 'exportable' | 'unusable' | 'absent'> {
  const stored = await Promise.all(
    OWN_CLIENT_KINDS.map((kind) => storedDeviceKey(gatewayId, OWN_CLIENTS[kind].id)),
  );
  const pairs = stored.filter((pair) => pair !== undefined);
  if (pairs.length === 0) return 'absent';
  const text = new TextEncoder().encode('doctor');
  for (const { privateKey, publicKey } of pairs) {
    const signature = await crypto.subtle.sign('Ed25519', privateKey, text);
    if (!(await crypto.subtle.verify('Ed25519', publicKey, signature, text))) return 'unusable';
    if (privateKey.extractable) return 'exportable';
  }
  return 'usable';
}

/** The address is worth a socket of our own: something listens, no connection of the worker's says what. */
const isUnexplained = ({ code, cause }: GatewayStatus): boolean =>
  !isConnected({ code }) &&
  code !== 'limited' &&
  (cause === null || code === 'needs-you' || !isAnswer(cause));

/** What the way itself may be at fault for. */
const isOfTheWay = (status: GatewayStatus): boolean =>
  isUnexplained(status) || status.cause === 'origin-not-allowed';

async function port(status: GatewayStatus): Promise<Pick<Looks, 'knock' | 'firstFrame'>> {
  const first = await timed(
    knockAt(httpOrigin(status.address), KNOCK_LIMIT_MS),
    KNOCK_LIMIT_MS + 100,
    'timeout',
  );
  if (first.found !== 'answered' || !isUnexplained(status)) return { knock: first, firstFrame: null };
  const second = await timed(firstFrame(status.address, FRAME_LIMIT_MS), FRAME_LIMIT_MS + 100, 'silent');
  return { knock: first, firstFrame: second };
}

const healthOf = ({ version, phase }: HttpAnswer & { kind: 'gateway' }) => ({
  version,
  tellsStart: phase === 'started' || phase === 'starting',
});

/** What it takes to look at the way is loaded where it is looked at. */
async function lookAtRoad(status: GatewayStatus, beside: Promise<SeenBeside>): Promise<RoadLook> {
  const [{ roadEvidence }, { isOriginAdmitted, judgeRoad }] = await Promise.all([
    import('./road-probes.ts'),
    import('../../road/judge.ts'),
  ]);
  const evidence = await roadEvidence(status, ROAD_LIMIT_MS, beside);
  return {
    evidence,
    finding: judgeRoad(evidence),
    isOriginAdmitted: isOriginAdmitted(evidence, location.origin),
  };
}

/**
 * Makes all looks. Never throws, and asks nothing of a gateway that is paused.
 *
 * @param status the gateway as it was known when the run began; `null` if none is set up
 * @param command what to ask of the worker; it is asked in any case, to see whether it lives
 * @param onRoad is told of a look at the way that came too late to be among the others
 */
export async function look(
  status: GatewayStatus | null,
  command: Command | null,
  onRoad: (road: RoadLook) => void = () => {},
): Promise<Looks> {
  const startedAt = Date.now();
  const isOpen = status !== null && status.code !== 'paused';
  const atPort = isOpen ? port(status) : Promise.resolve({ knock: null, firstFrame: null });
  const overHttp = isOpen
    ? timed(httpAnswer(status.address, HTTP_LIMIT_MS), HTTP_LIMIT_MS + 100, { kind: 'silent' } as const)
    : Promise.resolve(null);
  const beside = Promise.all([atPort, overHttp]).then(([{ firstFrame: frame }, answer]) => ({
    socket: frame?.found ?? null,
    health: answer?.found.kind === 'gateway' ? healthOf(answer.found) : null,
  }));
  const atRoad = isOpen && isOfTheWay(status) ? lookAtRoad(status, beside) : null;
  const [ofWorker, storage, ofIdentity, ofPort, http, ofRoad] = await Promise.all([
    timed(worker(command ?? PING), WORKER_LIMIT_MS, 'silent'),
    timed(disk(), DISK_LIMIT_MS, 'slow'),
    status === null ? null : timed(identity(status.gatewayId), DISK_LIMIT_MS, 'slow'),
    atPort,
    overHttp,
    atRoad && timed<RoadLook | null>(atRoad, RUN_LIMIT_MS, null),
  ]);
  if (ofRoad?.found === null) void atRoad?.then(onRoad, () => {});
  return {
    startedAt,
    worker: ofWorker,
    storage,
    identity: ofIdentity,
    isOnline: navigator.onLine,
    ...ofPort,
    http,
    road: ofRoad?.found ?? null,
  };
}

/** The simulated gateway: how it is in each state, and what the user's commands make of it. */
import type { Cause } from '../../gateway/causes.ts';
import type { StatusCode } from '../../gateway/status.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import type { Command, Snapshot } from '../../messages.ts';
import { bearingOf } from '../../relay/causes.ts';
import type { RelayStatus } from '../../relay/status.ts';

export const DEMO_ID = 'demo';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** What a gateway can look like: since when it is so, and the moment that is looked at; milliseconds since the epoch. */
type Look = (since: number, now: number) => Partial<GatewayStatus>;

/** The states in the order in which they are offered: as one meets them. */
export const DEMO_CODES = [
  'healthy',
  'reconnecting',
  'starting',
  'healed',
  'not-set-up',
  'approval',
  'needs-you',
  'relay',
  'down',
  'limited',
  'offline',
  'paused',
  'unknown',
] as const satisfies readonly StatusCode[];

const troubled =
  (cause: Cause, closeCode: number | null, words: string | null, nextTryMs: number | null): Look =>
  (since) => ({
    cause,
    closeCode,
    words,
    latencyMs: null,
    attempt: 3,
    provenAt: since - 30 * SECOND_MS,
    nextTryAt: nextTryMs === null ? null : since + nextTryMs,
  });

const LOOKS: Readonly<Record<StatusCode, Look>> = {
  healthy: () => ({}),
  reconnecting: troubled('connection-lost', 1006, null, 8 * SECOND_MS),
  starting: troubled('gateway-restarting', 1012, 'service restart', 12 * SECOND_MS),
  healed: (since) => ({
    repairedAt: since,
    notice: { kind: 'repaired', at: since, cause: 'device-token-mismatch', tookMs: 812 },
  }),
  'not-set-up': () => ({}),
  approval: (since, now) => ({
    ...troubled('not-paired', 1008, 'pairing required', 10 * SECOND_MS)(since, now),
    requestId: 'b42117a9-6ec2-4313-a3d7-103cd3ae745e',
  }),
  'needs-you': troubled(
    'gateway-secret-mismatch',
    1008,
    'unauthorized: gateway token mismatch (provide gateway auth token)',
    null,
  ),
  relay: (since, now) => ({
    relay: { ...relayOf('relay-not-attached', now), attached: 'no', since: since - 2 * MINUTE_MS },
  }),
  down: troubled('gateway-unreachable', 1006, null, 30 * SECOND_MS),
  limited: troubled(
    'rate-limited',
    1008,
    'unauthorized: too many failed authentication attempts (retry later)',
    4 * MINUTE_MS,
  ),
  offline: troubled('offline', 1006, null, null),
  paused: (since) => ({ provenAt: since }),
  unknown: (since) => ({ since: null, provenAt: since - 20 * MINUTE_MS }),
};

const relayOf = (cause: RelayStatus['cause'], now: number): RelayStatus => ({
  cause,
  bearing: bearingOf(cause),
  generation: 'v1',
  address: 'ws://127.0.0.1:18792',
  attached: 'yes',
  process: null,
  words: null,
  checkedAt: now - 3 * SECOND_MS,
  since: now - 60 * MINUTE_MS,
  tookMs: 4,
  isKeyHeld: false,
  keyProvenAt: null,
  isExpected: true,
});

/** What a worker would say of the gateway. `now` in milliseconds since the epoch, `since` the beginning of the state. */
export function snapshotOf(code: StatusCode, since: number, now: number): Snapshot {
  if (code === 'not-set-up') return { statuses: [], storageProblem: null };
  const status: GatewayStatus = {
    gatewayId: DEMO_ID,
    name: null,
    address: 'ws://127.0.0.1:18789',
    reach: 'loopback',
    code,
    cause: null,
    since,
    provenAt: now,
    latencyMs: 4,
    nextTryAt: null,
    isVisible: true,
    attempt: 0,
    requestId: null,
    isRequestGone: false,
    closeCode: null,
    words: null,
    notice: null,
    serverVersion: '2026.9.6',
    isSecretRemembered: false,
    selfRepair: 'off',
    isWithoutDeviceToken: false,
    isPairingUnwritten: false,
    canTryAgain: false,
    findings: [],
    skewMs: 3,
    challengeMs: 8,
    helloMs: 31,
    deviceTokenIssuedAt: since - 26 * 60 * MINUTE_MS,
    restartedAt: null,
    repairedAt: null,
    protocol: 4,
    relay: relayOf('relay-attached', now),
    ...LOOKS[code](since, now),
  };
  return { statuses: [status], storageProblem: null };
}

/** The state after a command of the user: whatever we try succeeds, and a pasted text leads to the approval. */
export function stateAfter(code: StatusCode, command: Command): StatusCode {
  switch (command.type) {
    case 'pair':
    case 'turn-on-repair':
      return 'approval';
    case 'check':
    case 'resume':
    case 'dismiss-notice':
      return 'healthy';
    case 'pause':
      return 'paused';
    case 'forget-gateway':
      return 'not-set-up';
    case 'open-dashboard':
    case 'open-way':
    case 'forget-secret':
    case 'forget-relay-key':
    case 'rename-gateway':
    case 'put-first':
    case 'delete-history':
    case 'watch-others':
    case 'set-settings':
      return code;
    default:
      return command satisfies never;
  }
}

/** The state that follows by itself, once it is time to try again. */
export const next = (code: StatusCode): StatusCode => (code === 'starting' ? 'healed' : 'healthy');

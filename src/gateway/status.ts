/** What pages, badge and tooltip may know of a connection. Holds no secret by type, and decides nothing. */
import type { Reach } from '../reach.ts';
import type { Cause } from './causes.ts';
import type { Finding } from './finding.ts';
import type { Notice } from './state.ts';

/** One word for the whole state, worst first: what only the user can end, what is broken, what we are working on. */
export const STATUS_CODES = [
  'needs-you',
  'approval',
  'relay',
  'down',
  'offline',
  'limited',
  'reconnecting',
  'starting',
  'unknown',
  'healed',
  'healthy',
  'paused',
  'not-set-up',
] as const;
export type StatusCode = (typeof STATUS_CODES)[number];

/** Characters. A longer name of a gateway does not fit beside its state. */
export const LONGEST_NAME = 60;

/** One gateway as the user knows it. */
export interface GatewayRecord {
  readonly id: string;
  /** A normalised WebSocket address without credentials, e.g. `ws://127.0.0.1:18789`. */
  readonly address: string;
  readonly reach: Reach;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  /** What the user calls it; `null` = by its host. */
  readonly name: string | null;
}

/** The projection of one connection. All times in milliseconds since the epoch. */
export interface ConnectionStatus {
  readonly gatewayId: string;
  readonly name: string | null;
  readonly address: string;
  readonly reach: GatewayRecord['reach'];
  readonly code: StatusCode;
  readonly cause: Cause | null;
  /** Since when the state named by `code` lasts: the start of the incident, or of the connection. */
  readonly since: number | null;
  /** The last proof that the gateway lives. */
  readonly provenAt: number | null;
  readonly latencyMs: number | null;
  /** When we act next; `null` if that is within two seconds, or never. */
  readonly nextTryAt: number | null;
  /** A small icon text is due: the outage is older than a blip. */
  readonly isVisible: boolean;
  readonly attempt: number;
  readonly requestId: string | null;
  /** [R24] There was a request, and it is older than gateways keep one. */
  readonly isRequestGone: boolean;
  readonly closeCode: number | null;
  /** The gateway's own words: foreign text, shortened and redacted; show it as text only. */
  readonly words: string | null;
  readonly notice: Notice | null;
  readonly serverVersion: string | null;
  /** A gateway secret is stored, whether it is of use or not. */
  readonly isSecretRemembered: boolean;
  /** Whether a repair can succeed without the user: `on` with a gateway secret that the gateway has accepted. */
  readonly selfRepair: 'on' | 'checking' | 'off';
  /** Connected with the gateway secret alone, because this gateway issues no device token. */
  readonly isWithoutDeviceToken: boolean;
  /** [R21] Connected, and there is no room to store the device token: it dies with the worker. */
  readonly isPairingUnwritten: boolean;
  /** A click on "try again" makes sense. */
  readonly canTryAgain: boolean;
  /** What the connection's past proves, the gravest first. */
  readonly findings: readonly Finding[];
  /** Gateway's clock minus ours, and how long the last challenge and the last hello-ok took; milliseconds. */
  readonly skewMs: number | null;
  readonly challengeMs: number | null;
  readonly helloMs: number | null;
  /** When the device token in use was issued, by the gateway's clock. */
  readonly deviceTokenIssuedAt: number | null;
  /** When the gateway was last found to have restarted, and when and what we last repaired. */
  readonly restartedAt: number | null;
  readonly repairedAt: number | null;
  readonly protocol: number | null;
}

/** The status that decides icon and first card when there are several gateways: the worst one. */
export function worstOf<T extends ConnectionStatus>(statuses: readonly T[]): T | null {
  return statuses.reduce<T | null>(
    (worst, each) =>
      worst === null || STATUS_CODES.indexOf(each.code) < STATUS_CODES.indexOf(worst.code) ? each : worst,
    null,
  );
}

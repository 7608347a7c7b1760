/**
 * The connection as a value: what is stored, revived after a worker's death, and shown. It holds facts about
 * credentials (which exist, how often they went unanswered), never a credential.
 */
import * as z from 'zod/mini';
import { CAUSES, type CredentialKind, type StoredCredentialKind } from './causes.ts';
import { FIRST_PROFILE, OWN_CLIENT_KINDS, type Profile } from './compatibility.ts';
import { evidenceSchema, NO_EVIDENCE } from './evidence-state.ts';
import type { ConnectFailure } from './protocol.ts';

/** Milliseconds since the epoch. */
const instant = z.number();
const count = z.number().check(z.gte(0));

/**
 * What the connection is doing. `waiting` means that *we* act at `retryAt`; `blocked` means that *the user*
 * must. Exactly one phase owns a socket: `handshaking` and `connected` do, by `ConnectionState.generation`.
 */
const phaseSchema = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('waiting'),
    /**
     * `unreachable` may be cut short by anything; `backoff` and `limited` protect the gateway. `another-run`: only the
     * user can satisfy the gateway that answers now, and one that answers later may need nothing.
     */
    why: z.enum(['unreachable', 'backoff', 'starting', 'approval', 'limited', 'another-run']),
    retryAt: instant,
    /** [R12] Knocks until then only find out whether the gateway goes away; the next connect is due at this moment. */
    connectAt: z.optional(instant),
  }),
  z.object({ name: z.literal('knocking'), giveUpAt: instant, connectAt: z.optional(instant) }),
  z.object({
    name: z.literal('handshaking'),
    /** The credential that was sent; `null` until the gateway's challenge has come. */
    sent: z.nullable(z.enum(['device-token', 'setup-code', 'gateway-secret', 'none'])),
    startedAt: instant,
    /** When the WebSocket opened: a browser may hold it back, and from then on silence is the other side's. */
    openedAt: z.nullable(instant),
    giveUpAt: instant,
  }),
  z.object({
    name: z.literal('connected'),
    since: instant,
    /** When to ask for a sign of life next. */
    askAt: instant,
    /** When silence after a question means that the gateway hangs; `null` = no question open. */
    answerBy: z.nullable(instant),
  }),
  z.object({ name: z.literal('blocked') }),
  z.object({ name: z.literal('paused') }),
]);

/** What is wrong now. One trouble is one incident: `since` stays while the cause becomes clearer. */
const troubleSchema = z.object({
  cause: z.enum(CAUSES),
  since: instant,
  /** The close that began it, where one did. */
  closeCode: z.nullable(z.number()),
  /** The gateway's own words, shortened and redacted. */
  words: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  /** When the gateway last named that request: those that nobody asks for again are gone after five minutes. */
  requestedAt: z.optional(instant),
});

/** [R18] By whom a credential was refused: a run of a gateway that may not be ours. */
const refusalSchema = z.object({
  /** The first refusal of this credential since it last worked, and the newest. */
  since: instant,
  at: instant,
  /** When the run that refused it was seen to end; `null` while it may still be the one who answers. */
  until: z.nullable(instant),
  times: count,
});

/** Facts about the credentials in the vault. `serial` names one value, so that exactly that one is forgotten. */
const credentialShape = {
  deviceToken: z.nullable(
    z.object({
      serial: z.string(),
      /** The client identity it was issued to; worthless under another one. */
      client: z.enum(OWN_CLIENT_KINDS),
      issuedAt: z.nullable(instant),
      unanswered: count,
      refusal: z.nullable(refusalSchema),
      /** [R21] There was no room for it on the disk: it dies with the worker. */
      isUnwritten: z.optional(z.literal(true)),
    }),
  ),
  gatewaySecret: z.nullable(
    z.object({
      serial: z.string(),
      /** The user's choice: keep it for repairs, or drop it after the first success. */
      isRemembered: z.boolean(),
      /** Whether the gateway has ever taken it. */
      isProven: z.boolean(),
      unanswered: count,
      refusal: z.nullable(refusalSchema),
      /** [R22] Given for repairs while the device token works, and not answered yet. */
      isOnTrial: z.optional(z.literal(true)),
    }),
  ),
  setupCode: z.nullable(
    z.object({
      serial: z.string(),
      expiresAt: z.nullable(instant),
      unanswered: count,
      refusal: z.nullable(refusalSchema),
    }),
  ),
};

/** What may be sent to the gateway that answers now. */
const heldSchema = z.object({
  ...credentialShape,
  /** The user gave an address and no secret: the gateway may ask for none, or know the user by its proxy. */
  mayGoWithout: z.boolean(),
});

/** Something worth telling after it is over. */
const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('repaired'), at: instant, cause: z.enum(CAUSES), tookMs: count }),
  /** A newly pasted secret was refused, but the old pairing still works. */
  z.object({ kind: z.literal('credential-refused'), at: instant, cause: z.enum(CAUSES) }),
  /** Who refused a credential from `since` to `until` was not the gateway that takes it: the right one is back. */
  z.object({ kind: z.literal('right-gateway-back'), at: instant, since: instant, until: instant }),
  /** The gateway came back as another version. */
  z.object({ kind: z.literal('updated'), at: instant, from: z.string(), to: z.string() }),
]);

export const connectionStateSchema = z.object({
  /** Number of the newest socket. An event of any other socket is dropped. */
  generation: count,
  phase: phaseSchema,
  trouble: z.nullable(troubleSchema),
  /** Handshakes that failed in a row; back to 0 only after a connection that lasted. */
  attempt: count,
  held: heldSchema,
  /** [R18] What was refused, or replaced by something newer that has not worked yet: kept, and not sent. */
  aside: z.object(credentialShape),
  /** Whether the gateway that answers next may be another run than the one that last let us in. */
  mayBeAnother: z.boolean(),
  /** The user asked for a pairing with the gateway that answers, by a paste or a click, and it is not there yet. */
  isPairing: z.boolean(),
  /** The port is watched for another run, since nobody but the user can satisfy this one: when it was last looked at. */
  lookout: z.nullable(z.object({ lookedAt: instant })),
  /** How to speak to this gateway, as far as we found out; and the walk along the ladder that is under way. */
  profile: z.object({ client: z.enum(OWN_CLIENT_KINDS), deviceTokenField: z.enum(['deviceToken', 'token']) }),
  walk: z.object({ tried: z.readonly(z.array(z.enum(OWN_CLIENT_KINDS))), cause: z.nullable(z.enum(CAUSES)) }),
  /** The last proof of life, by our clock, and how long the question took. */
  proof: z.nullable(z.object({ at: instant, latencyMs: z.nullable(count) })),
  server: z.nullable(
    z.object({ version: z.nullable(z.string()), protocol: z.number(), bootId: z.nullable(z.string()) }),
  ),
  /** A repair in progress: since when, and of what. */
  repair: z.nullable(z.object({ cause: z.enum(CAUSES), since: instant })),
  /** When the last repairs succeeded; more than a few mean that repairing does not help. */
  repairs: z.array(instant),
  notice: z.nullable(noticeSchema),
  /** No attempt before this moment, whatever happens. */
  lockedUntil: z.nullable(instant),
  evidence: evidenceSchema,
});

export type ConnectionState = z.infer<typeof connectionStateSchema>;
export type Trouble = NonNullable<ConnectionState['trouble']>;
export type Held = ConnectionState['held'];
export type Refusal = z.infer<typeof refusalSchema>;
export type Notice = NonNullable<ConnectionState['notice']>;

/** Who wants it fresh: the user, by a click on this gateway; the user, by a command for all of them; a page that opened. */
export type Asker = 'user' | 'fleet' | 'page';

/** What has happened. Events of a socket carry its generation. */
export type ConnectionEvent =
  /** With the serial of the newest device token in the vault, which the state may not have heard of. */
  | { readonly type: 'worker-started'; readonly newestToken?: string | null }
  | { readonly type: 'clock-ticked' }
  | { readonly type: 'network-returned' }
  | { readonly type: 'check-requested'; readonly by: Asker }
  | { readonly type: 'pause-requested' }
  | { readonly type: 'resume-requested' }
  | { readonly type: 'notice-dismissed' }
  | { readonly type: 'setup-code-added'; readonly serial: string; readonly expiresAt: number | null }
  | { readonly type: 'gateway-secret-added'; readonly serial: string; readonly isRemembered: boolean }
  /** [R22] Given for repairs alone, to a gateway that is connected by its device token. */
  | { readonly type: 'repair-secret-added'; readonly serial: string }
  /** The user wants it tried without a secret. */
  | { readonly type: 'secret-declined' }
  | { readonly type: 'gateway-secret-withdrawn' }
  /** There was room for a device token at last. */
  | { readonly type: 'device-token-written'; readonly serial: string }
  | { readonly type: 'knock-answered' }
  | { readonly type: 'knock-failed'; readonly reason: 'refused' | 'timeout' }
  | { readonly type: 'socket-opened'; readonly generation: number }
  /** It sends more than anybody reads. */
  | { readonly type: 'flood-detected'; readonly generation: number }
  /** A frame that is larger than anything we read. */
  | { readonly type: 'oversized-frame-received'; readonly generation: number }
  /** A frame that no gateway sends. */
  | { readonly type: 'foreign-frame-received'; readonly generation: number }
  | {
      readonly type: 'challenge-received';
      readonly generation: number;
      readonly nonce: string;
      readonly issuedAt: number;
    }
  /** The vault does not hold what the state says, or cannot open it. */
  | {
      readonly type: 'credential-unreadable';
      readonly generation: number;
      readonly credential: StoredCredentialKind;
    }
  | { readonly type: 'identity-unavailable'; readonly generation: number }
  | { readonly type: 'hello-received'; readonly generation: number; readonly hello: HelloFacts }
  | { readonly type: 'connect-rejected'; readonly generation: number; readonly failure: ConnectFailure }
  /** Any frame after hello-ok; `latencyMs` if it answers our question. */
  | {
      readonly type: 'frame-received';
      readonly generation: number;
      readonly latencyMs: number | null;
      /** The gateway's clock, where the frame says it. */
      readonly issuedAt?: number | undefined;
    }
  | {
      readonly type: 'shutdown-announced';
      readonly generation: number;
      readonly restartExpectedMs: number | null;
    }
  | {
      readonly type: 'socket-closed';
      readonly generation: number;
      readonly code: number;
      readonly reason: string;
    };

/** A hello-ok without its secrets: the device token is in the vault by now, under this serial. */
export interface HelloFacts {
  readonly protocol: number;
  readonly serverVersion: string | null;
  readonly bootId: string | null;
  /** Milliseconds the gateway's process runs; an in-process restart does not reset it. */
  readonly uptimeMs: number | null;
  readonly deviceToken: {
    readonly serial: string;
    readonly issuedAt: number | null;
    /** There was no room for it: it is in the worker's memory alone. */
    readonly isUnwritten?: true;
  } | null;
}

/** What the pump has to do, in order, after the state is saved. */
export type Effect =
  | { readonly type: 'knock' }
  | { readonly type: 'open-socket'; readonly generation: number }
  | { readonly type: 'close-socket'; readonly generation: number }
  | {
      readonly type: 'send-connect';
      readonly generation: number;
      readonly credential: CredentialKind;
      readonly profile: Profile;
      readonly nonce: string;
      /** The challenge's own time, so that a wrong local clock cannot spoil the signature. */
      readonly signedAt: number;
    }
  | { readonly type: 'ask'; readonly generation: number }
  | { readonly type: 'forget'; readonly credential: StoredCredentialKind; readonly serial: string };

/** The circumstances of a transition. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** 0 to 1, for jitter. */
  readonly random: number;
  /** The gateway is on this computer. */
  readonly isLocal: boolean;
  /** The browser believes that it has a network. */
  readonly isOnline: boolean;
  /** The user lets us replace a refused device token without asking. */
  readonly mayRepair: boolean;
  /** [B5] How many gateways share the knocks, this one among them; 1 where a page shows this one. */
  readonly crowd: number;
  /** [R23] Since when the gateway's own page for approvals, which we opened, is in front; `null` where it is not. */
  readonly approverSince: number | null;
}

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly Effect[];
}

export const NOTHING_ASIDE: ConnectionState['aside'] = {
  deviceToken: null,
  gatewaySecret: null,
  setupCode: null,
};

/** A gateway that was just added and holds no credential yet. */
export const initialState = (): ConnectionState => ({
  generation: 0,
  phase: { name: 'blocked' },
  trouble: null,
  attempt: 0,
  held: { ...NOTHING_ASIDE, mayGoWithout: false },
  aside: NOTHING_ASIDE,
  mayBeAnother: false,
  isPairing: false,
  lookout: null,
  profile: FIRST_PROFILE,
  walk: { tried: [], cause: null },
  proof: null,
  server: null,
  repair: null,
  repairs: [],
  notice: null,
  lockedUntil: null,
  evidence: NO_EVIDENCE,
});

/**
 * The part of a state that a later life of the worker needs. Knocking several times a second changes nothing
 * of it, so the disk is left alone; a proof of life is kept by the minute, a look at the port by ten of them.
 */
export function durable(state: ConnectionState): string {
  const { phase } = state;
  const isKnocking =
    phase.name === 'knocking' ||
    (phase.name === 'waiting' && (phase.why === 'unreachable' || phase.why === 'another-run'));
  const isWatching = 'connectAt' in phase && phase.connectAt !== undefined;
  const isAsking = state.phase.name === 'connected';
  const isOpening = state.phase.name === 'handshaking' && state.phase.sent === null;
  return JSON.stringify({
    ...state,
    phase: isWatching
      ? 'watching'
      : isKnocking
        ? 'knocking'
        : isAsking
          ? 'connected'
          : isOpening
            ? 'opening'
            : state.phase,
    proof: state.proof && Math.floor(state.proof.at / 60_000),
    lookout: state.lookout && Math.floor(state.lookout.lookedAt / 600_000),
  });
}

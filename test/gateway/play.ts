/** Plays events on a connection and keeps what came of it, so that tests read like the story they tell. */
import { transition } from '../../src/gateway/connection.ts';
import { toConnectionStatus } from '../../src/gateway/projection.ts';
import type { ConnectFailure } from '../../src/gateway/protocol.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  type Effect,
  type HelloFacts,
  initialState,
} from '../../src/gateway/state.ts';
import type { ConnectionStatus, GatewayRecord } from '../../src/gateway/status.ts';
import { CIRCUMSTANCES, failureOf } from '../fixtures/connection.ts';

export const T0 = 1_800_000_000_000;

export const GATEWAY: GatewayRecord = {
  id: 'g1',
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  addedAt: T0,
  name: null,
};

type Unsent<E> = E extends { generation: number } ? Omit<E, 'generation'> & { generation?: number } : E;
/** An event as a test writes it: the generation is the current one unless it says otherwise. */
export type Played = Unsent<ConnectionEvent>;

export class Play {
  state: ConnectionState;
  now = T0;
  /** All effects so far, and those of the last event. */
  readonly effects: Effect[] = [];
  last: readonly Effect[] = [];
  circumstances = CIRCUMSTANCES;

  constructor(state: ConnectionState = initialState()) {
    this.state = state;
  }

  after(ms: number): this {
    this.now += ms;
    return this;
  }

  on(...events: Played[]): this {
    for (const event of events) {
      const complete = (
        'generation' in event || !needsGeneration(event)
          ? event
          : { ...event, generation: this.state.generation }
      ) as ConnectionEvent;
      const step = transition(this.state, complete, { now: this.now, ...this.circumstances });
      this.state = step.state;
      this.last = step.effects;
      this.effects.push(...step.effects);
    }
    return this;
  }

  /** The clock reaches the moment at which the waiting ends. */
  whenDue(): this {
    if (this.state.phase.name !== 'waiting') throw new Error(`not waiting but ${this.state.phase.name}`);
    const { retryAt, connectAt = retryAt } = this.state.phase;
    this.now = Math.max(this.now, connectAt);
    return this.on({ type: 'clock-ticked' });
  }

  get status(): ConnectionStatus {
    return toConnectionStatus(GATEWAY, this.state, this.now);
  }

  get sent(): string[] {
    return this.effects.flatMap((effect) => (effect.type === 'send-connect' ? [effect.credential] : []));
  }

  count(type: Effect['type']): number {
    return this.effects.filter((effect) => effect.type === type).length;
  }
}

const SOCKET_EVENTS = [
  'socket-opened',
  'foreign-frame-received',
  'flood-detected',
  'oversized-frame-received',
  'challenge-received',
  'credential-unreadable',
  'identity-unavailable',
  'hello-received',
  'connect-rejected',
  'frame-received',
  'shutdown-announced',
  'socket-closed',
];
const needsGeneration = (event: Played): boolean => SOCKET_EVENTS.includes(event.type);

export const socketOpened = (): Played => ({ type: 'socket-opened' });
export const foreignFrame = (): Played => ({ type: 'foreign-frame-received' });
export const flooded = (): Played => ({ type: 'flood-detected' });
export const oversized = (): Played => ({ type: 'oversized-frame-received' });
export const challenge = (issuedAt = T0): Played => ({ type: 'challenge-received', nonce: 'n', issuedAt });

export const hello = (serial: string | null = 'token-1', facts: Partial<HelloFacts> = {}): Played => ({
  type: 'hello-received',
  hello: {
    protocol: 4,
    serverVersion: '2026.9.6',
    bootId: 'boot-1',
    uptimeMs: null,
    deviceToken: serial === null ? null : { serial, issuedAt: T0 },
    ...facts,
  },
});

export const rejection = (failure: Partial<ConnectFailure>): Played => ({
  type: 'connect-rejected',
  failure: failureOf(failure),
});

export const pairingRequired = (requestId = 'req-1', reason = 'not-paired'): Played =>
  rejection({ errorCode: 'NOT_PAIRED', detailCode: 'PAIRING_REQUIRED', pairing: { reason, requestId } });
export const staleToken = (): Played => rejection({ detailCode: 'AUTH_DEVICE_TOKEN_MISMATCH' });
export const wrongSecret = (): Played => rejection({ detailCode: 'AUTH_TOKEN_MISMATCH' });
export const starting = (retryAfterMs = 500): Played =>
  rejection({
    errorCode: 'UNAVAILABLE',
    message: 'gateway starting; retry shortly',
    isRetryable: true,
    retryAfterMs,
  });
export const closed = (code: number, reason = ''): Played => ({ type: 'socket-closed', code, reason });

export const setupCode = (expiresAt: number | null = null): Played => ({
  type: 'setup-code-added',
  serial: 'code-1',
  expiresAt,
});
export const gatewaySecret = (isRemembered = true): Played => ({
  type: 'gateway-secret-added',
  serial: 'secret-1',
  isRemembered,
});

/** Connected with a device token, and for long enough to count. */
export function connectedPlay(options: { remembers: boolean }): Play {
  const play = new Play();
  play.on(options.remembers ? gatewaySecret() : setupCode());
  play.on({ type: 'knock-answered' }, challenge(), hello());
  play.after(15_000).on({ type: 'frame-received', latencyMs: 1 });
  play.effects.length = 0;
  return play;
}

/** From a knock that is under way to a challenge that is answered. */
export const handshake: Played[] = [{ type: 'knock-answered' }, challenge()];

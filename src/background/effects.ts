/** Runs the effects of one connection in the browser, and turns what happens into events. */
import { deviceIdentity } from '../browser/device-identity.ts';
import { knockAt } from '../browser/knock.ts';
import { type GatewaySocket, openSocket } from '../browser/worker/gateway-socket.ts';
import { forgetCredential, keepCredential, openCredential } from '../browser/worker/vault.ts';
import { presentable } from '../foreign-text.ts';
import type { StoredCredentialKind } from '../gateway/causes.ts';
import { OWN_CLIENTS } from '../gateway/compatibility.ts';
import { askFrame, connectFrame, signedPayload } from '../gateway/connect-request.ts';
import { HELD } from '../gateway/credentials.ts';
import { type Frame, type Hello, NO_OFFER, type Offer } from '../gateway/protocol.ts';
import type { Answer, ReadParams, Topic } from '../gateway/read-methods.ts';
import { KNOCK_TIMEOUT_MS } from '../gateway/recovery.ts';
import type { ConnectionEvent, ConnectionState, Effect, HelloFacts } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import { httpOrigin } from '../pairing/address.ts';
import { Inquiry } from './inquiry.ts';

/** Milliseconds. How fresh a proof of life has to be. */
const PROVEN_EVERY_MS = 1_000;

export interface EffectRunner {
  run(effect: Effect): void;
  /** [B7] Over the socket that is open; it has let us in. */
  ask(topic: Topic, params?: ReadParams): Promise<Answer>;
  /** [B7] The gateway has not answered the last of these yet. */
  readonly isAnswerDue: boolean;
  /** Closes what is open, without a report. */
  stop(): void;
}

/** What the runner needs of its supervisor. */
interface Link {
  dispatch(event: ConnectionEvent): void;
  held(): ConnectionState['held'];
  /** The gateway says who is connected now, in its own shape. */
  presence?(payload: unknown): void;
}

export function createEffectRunner(gateway: GatewayRecord, link: Link): EffectRunner {
  /** The one socket of this connection, and the question that is open on it. */
  let current: {
    generation: number;
    socket: GatewaySocket;
    inquiry: Inquiry;
    /** Our connect went out. */
    hasConnected: boolean;
    asked: { id: string; at: number } | null;
    /** When a frame was last passed on as a proof of life; before the next question any is. */
    provedAt: number;
    offer: Offer;
  } | null = null;
  let questions = 0;

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'knock':
        void knockAt(httpOrigin(gateway.address), KNOCK_TIMEOUT_MS).then((result) =>
          link.dispatch(
            result === 'answered' ? { type: 'knock-answered' } : { type: 'knock-failed', reason: result },
          ),
        );
        return;
      case 'open-socket':
        dial(effect.generation);
        return;
      case 'close-socket':
        if (current?.generation === effect.generation) hangUp();
        return;
      case 'send-connect':
        void sendConnect(effect);
        return;
      case 'ask':
        ask(effect.generation);
        return;
      case 'forget':
        // One that stays is named by nobody any more.
        void forgetCredential(gateway.id, effect.credential, effect.serial).catch(() => {});
        return;
      default:
        effect satisfies never;
    }
  }

  function hangUp(): void {
    current?.socket.close();
    current?.inquiry.end();
    current = null;
  }

  function dial(generation: number): void {
    hangUp();
    const socket = openSocket(gateway.address, {
      onOpen: () => link.dispatch({ type: 'socket-opened', generation }),
      onFrame: (frame) => onFrame(generation, frame),
      onFlood: () => link.dispatch({ type: 'flood-detected', generation }),
      onClose: (code, reason) => {
        if (current?.generation === generation) {
          current.inquiry.end();
          current = null;
        }
        link.dispatch({ type: 'socket-closed', generation, code, reason: presentable(reason) });
      },
    });
    const inquiry = new Inquiry((frame) => socket.send(frame));
    const provedAt = Number.NEGATIVE_INFINITY;
    current = {
      generation,
      socket,
      inquiry,
      hasConnected: false,
      asked: null,
      provedAt,
      offer: NO_OFFER,
    };
  }

  function onFrame(generation: number, frame: Frame): void {
    switch (frame.type) {
      case 'challenge':
        link.dispatch({
          type: 'challenge-received',
          generation,
          nonce: frame.nonce,
          issuedAt: frame.issuedAt,
        });
        return;
      case 'rejected': {
        const failure = { ...frame.failure, message: presentable(frame.failure.message) };
        link.dispatch({ type: 'connect-rejected', generation, failure });
        return;
      }
      case 'hello':
        // [D8] Its device token would take the place of ours.
        if (current?.generation !== generation || !current.hasConnected) {
          link.dispatch({ type: 'foreign-frame-received', generation });
          return;
        }
        current.offer = frame.hello.offer;
        void keepDeviceToken(frame.hello).then(
          (hello) => link.dispatch({ type: 'hello-received', generation, hello }),
          // Without a key that seals it there is nowhere to keep it.
          () => link.dispatch({ type: 'identity-unavailable', generation }),
        );
        return;
      case 'shutdown':
        link.dispatch({ type: 'shutdown-announced', generation, restartExpectedMs: frame.restartExpectedMs });
        return;
      case 'answer':
      case 'event':
      case 'presence':
      case 'update':
        prove(generation, frame);
        return;
      case 'too-large':
        link.dispatch({ type: 'oversized-frame-received', generation });
        return;
      case 'malformed':
        link.dispatch({ type: 'foreign-frame-received', generation });
        return;
      default:
        frame satisfies never;
    }
  }

  /** Every hello-ok may carry a new token, and the one before dies with it: it is safe before we say so. */
  async function keepDeviceToken(hello: Hello): Promise<HelloFacts> {
    const { deviceToken, deviceTokenIssuedAt: issuedAt, protocol, serverVersion, bootId, uptimeMs } = hello;
    const facts = { protocol, serverVersion: serverVersion && presentable(serverVersion), bootId, uptimeMs };
    if (deviceToken === null) return { ...facts, deviceToken: null };
    const { serial, isWritten } = await keepCredential(
      gateway.id,
      'device-token',
      deviceToken,
      [],
      (written) => link.dispatch({ type: 'device-token-written', serial: written }),
    );
    return { ...facts, deviceToken: { serial, issuedAt, ...(!isWritten && { isUnwritten: true as const }) } };
  }

  async function sendConnect(effect: Effect & { type: 'send-connect' }): Promise<void> {
    const { generation, credential, profile } = effect;
    try {
      const secret = credential === 'none' ? null : await heldCredential(credential);
      if (secret === null && credential !== 'none') {
        link.dispatch({ type: 'credential-unreadable', generation, credential });
        return;
      }
      const identity = await deviceIdentity(gateway.id, OWN_CLIENTS[profile.client].id);
      const payload = signedPayload(identity.deviceId, profile.client, effect, secret);
      const signature = await identity.sign(payload);
      if (current?.generation !== generation) return;
      current.hasConnected = true;
      current.socket.send(
        connectFrame({
          identity,
          profile,
          challenge: effect,
          kind: credential,
          credential: secret,
          signature,
        }),
      );
    } catch {
      // Storage or keys that cannot be reached now: nothing is forgotten, and the user may try again.
      link.dispatch({ type: 'identity-unavailable', generation });
    }
  }

  async function heldCredential(kind: StoredCredentialKind) {
    const serial = link.held()[HELD[kind]]?.serial;
    if (serial === undefined) return null;
    // [R17] A hello that came too late for its socket left its token in the vault, and the state with the old serial.
    return openCredential(gateway.id, kind, kind === 'device-token' ? null : serial);
  }

  function ask(generation: number): void {
    if (current?.generation !== generation) return;
    questions += 1;
    const id = `ask-${questions}`;
    current.asked = { id, at: performance.now() };
    current.provedAt = Number.NEGATIVE_INFINITY;
    current.socket.send(askFrame(id));
  }

  /** [B1] Any frame proves that the gateway lives; a second one in the same second proves nothing more. */
  function prove(generation: number, frame: Frame): void {
    if (current?.generation !== generation) return;
    if (frame.type === 'answer' && frame.answer) current.inquiry.heard(frame.id, frame.answer);
    if (frame.type === 'presence') link.presence?.(frame.payload);
    if (frame.type === 'update') current.offer = frame.offer;
    const now = performance.now();
    const isAnswer = frame.type === 'answer' && current.asked?.id === frame.id;
    if (!isAnswer && now - current.provedAt < PROVEN_EVERY_MS) return;
    const latencyMs = isAnswer && current.asked ? Math.round(now - current.asked.at) : null;
    if (isAnswer) current.asked = null;
    current.provedAt = now;
    const issuedAt = frame.type === 'event' ? frame.issuedAt : undefined;
    link.dispatch({ type: 'frame-received', generation, latencyMs, issuedAt });
  }

  const NOT_CONNECTED: Answer = { type: 'dropped', reason: 'not-connected' };

  return {
    run,
    async ask(topic, params) {
      if (current === null) return NOT_CONNECTED;
      if (topic === 'update.available') return { type: 'answered', payload: current.offer };
      return current.inquiry.ask(topic, params);
    },
    get isAnswerDue() {
      return current?.inquiry.isOpen === true;
    },
    stop: hangUp,
  };
}

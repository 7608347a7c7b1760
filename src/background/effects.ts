/** Runs the effects of one connection in the browser, and turns what happens into events. */
import { deviceIdentity } from '../browser/device-identity.ts';
import { knock } from '../browser/knock.ts';
import { type GatewaySocket, openSocket } from '../browser/worker/gateway-socket.ts';
import { forgetCredential, openCredential, saveCredential } from '../browser/worker/vault.ts';
import { presentable } from '../foreign-text.ts';
import type { StoredCredentialKind } from '../gateway/causes.ts';
import { CLIENTS } from '../gateway/compatibility.ts';
import { askFrame, connectFrame, signedPayload } from '../gateway/connect-request.ts';
import { HELD } from '../gateway/credentials.ts';
import type { Frame, Hello } from '../gateway/protocol.ts';
import { KNOCK_TIMEOUT_MS } from '../gateway/recovery.ts';
import type { ConnectionEvent, ConnectionState, Effect, HelloFacts } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import { httpOrigin } from '../pairing/address.ts';

export interface EffectRunner {
  run(effect: Effect): void;
  /** Closes what is open, without a report. */
  stop(): void;
}

/** What the runner needs of its supervisor. */
interface Link {
  dispatch(event: ConnectionEvent): void;
  held(): ConnectionState['held'];
  /** Called when a credential could not be written. */
  onUnwritable(): void;
}

export function createEffectRunner(gateway: GatewayRecord, link: Link): EffectRunner {
  /** The one socket of this connection, and the question that is open on it. */
  let current: {
    generation: number;
    socket: GatewaySocket;
    asked: { id: string; at: number } | null;
  } | null = null;
  let questions = 0;

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'knock':
        void knock(httpOrigin(gateway.address), KNOCK_TIMEOUT_MS).then((result) =>
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
        void forgetCredential(gateway.id, effect.credential, effect.serial).catch(link.onUnwritable);
        return;
      default:
        effect satisfies never;
    }
  }

  function hangUp(): void {
    current?.socket.close();
    current = null;
  }

  function dial(generation: number): void {
    hangUp();
    const socket = openSocket(gateway.address, {
      onOpen: () => link.dispatch({ type: 'socket-opened', generation }),
      onFrame: (frame) => onFrame(generation, frame),
      onClose: (code, reason) => {
        if (current?.generation === generation) current = null;
        link.dispatch({ type: 'socket-closed', generation, code, reason: presentable(reason) });
      },
    });
    current = { generation, socket, asked: null };
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
        void keepDeviceToken(frame.hello).then((hello) =>
          link.dispatch({ type: 'hello-received', generation, hello }),
        );
        return;
      case 'shutdown':
        link.dispatch({ type: 'shutdown-announced', generation, restartExpectedMs: frame.restartExpectedMs });
        return;
      case 'answer':
      case 'event':
        link.dispatch({ type: 'frame-received', generation, latencyMs: latencyOf(generation, frame) });
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
    try {
      const serial = await saveCredential(gateway.id, 'device-token', deviceToken);
      return { ...facts, deviceToken: { serial, issuedAt } };
    } catch {
      link.onUnwritable();
      return { ...facts, deviceToken: null };
    }
  }

  async function sendConnect(effect: Effect & { type: 'send-connect' }): Promise<void> {
    const { generation, credential, profile } = effect;
    try {
      const secret = credential === 'none' ? null : await heldCredential(credential);
      if (secret === null && credential !== 'none') {
        link.dispatch({ type: 'credential-unreadable', generation, credential });
        return;
      }
      const identity = await deviceIdentity(gateway.id, CLIENTS[profile.client].id);
      const payload = signedPayload(identity.deviceId, profile.client, effect, secret);
      const signature = await identity.sign(payload);
      if (current?.generation !== generation) return;
      current.socket.send(connectFrame(identity, profile, effect, credential, secret, signature));
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
    current.socket.send(askFrame(id));
  }

  function latencyOf(generation: number, frame: Frame): number | null {
    if (frame.type !== 'answer' || current?.generation !== generation || current.asked?.id !== frame.id) {
      return null;
    }
    const latencyMs = Math.round(performance.now() - current.asked.at);
    current.asked = null;
    return latencyMs;
  }

  return { run, stop: hangUp };
}

/** The stand-in says what the real gateway was heard to say: the same attempts, normalised as captures are. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthField } from '../../harness/gateway/capture-format.ts';
import { connectLive, Recorder } from '../../harness/gateway/client.ts';
import {
  type Attempt,
  COPILOT,
  GATEWAY_CLIENT,
  type Identity,
  newIdentity,
} from '../../harness/gateway/identity.ts';
import { captured, WIRE } from '../../harness/servers/simulator/captured.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { Placeholders } from '../../scripts/capture/placeholders.ts';

let simulator: Simulator;
let identity: Identity;
const sockets: Recorder[] = [];

beforeEach(async () => {
  simulator = await Simulator.start();
  identity = newIdentity();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.leave();
  await simulator.stop();
  vi.useRealTimers();
});

const credential = (field: AuthField, secret: string) => ({ field, value: '', secret });
const bySecret = (): Attempt => ({
  profile: COPILOT,
  identity,
  credential: credential('token', simulator.secret),
});

async function attempt(each: Attempt) {
  const [socket, outcome] = await connectLive(simulator.url, each);
  sockets.push(socket);
  return { socket, outcome };
}

/** As `scripts/capture` makes a capture of it. */
function asCaptured(socket: Recorder) {
  const placeholders = new Placeholders([]);
  return {
    frames: socket.frames.map((frame) => placeholders.value(frame)),
    close: socket.close && placeholders.close(socket.close),
  };
}

const asWritten = (situation: string) => {
  const { frames, close } = captured(situation);
  return { frames, close };
};

const REFUSED: readonly (readonly [situation: string, how: () => Partial<Attempt>])[] = [
  ['copilot-wrong-secret', () => ({ credential: credential('token', 'wrong') })],
  ['copilot-no-credential', () => ({ credential: undefined })],
  ['copilot-bogus-device-token', () => ({ credential: credential('deviceToken', 'bogus') })],
  ['copilot-bad-signature', () => ({ badSignature: true })],
  ['copilot-bad-nonce', () => ({ nonce: 'another' })],
  ['copilot-expired-signed-at', () => ({ signedAtOffset: -600_000 })],
  ['copilot-wrong-device-id', () => ({ deviceId: 'd'.repeat(64) })],
  ['copilot-without-caps', () => ({ profile: { ...COPILOT, caps: [] } })],
  ['copilot-no-device', () => ({ identity: null })],
  ['copilot-no-origin', () => ({ origin: null })],
  ['copilot-protocol-9', () => ({ protocol: 9 })],
  ['gateway-client-not-listed', () => ({ profile: GATEWAY_CLIENT })],
];

describe('the stand-in', () => {
  it.each(REFUSED)('refuses in the gateway’s words: %s', async (situation, how) => {
    await attempt(bySecret());
    const { socket } = await attempt({ ...bySecret(), ...how() });
    expect(asCaptured(socket)).toEqual(asWritten(situation));
  });

  it('lets in by the secret, and by the device token that it issued', async () => {
    const first = await attempt(bySecret());
    expect(asCaptured(first.socket)).toEqual(asWritten('copilot-paired'));
    const { deviceToken } = first.outcome.hello.auth;
    const again = await attempt({ ...bySecret(), credential: credential('deviceToken', deviceToken) });
    expect(asCaptured(again.socket)).toEqual(asWritten('copilot-device-token'));
    expect(again.outcome.hello.auth.deviceToken).toBe(deviceToken);
    expect(simulator.admissions).toHaveLength(2);
  });

  it('mints the device token anew with the secret, and the one before is dead', async () => {
    const { outcome } = await attempt(bySecret());
    await attempt(bySecret());
    const old = credential('deviceToken', outcome.hello.auth.deviceToken);
    const { socket } = await attempt({ ...bySecret(), credential: old });
    expect(asCaptured(socket)).toEqual(asWritten('copilot-bogus-device-token'));
  });

  it.each(['stopping', 'restarting'] as const)('announces its end: %s', async (why) => {
    const { socket } = await attempt(bySecret());
    await simulator.stop(why);
    const situation = why === 'stopping' ? 'stopped-while-connected' : 'restarted-while-connected';
    await socket.closed();
    const { frames, close } = asWritten(situation);
    expect(asCaptured(socket).frames.at(-1)).toEqual(frames.at(-1));
    expect(socket.close).toEqual(close);
  });

  it('comes back on its port with another boot id, and still knows its devices', async () => {
    const { outcome } = await attempt(bySecret());
    const { port } = simulator;
    await simulator.kill();
    await simulator.listen();
    expect(simulator.port).toBe(port);
    const token = credential('deviceToken', outcome.hello.auth.deviceToken);
    const again = await attempt({ ...bySecret(), credential: token });
    expect(again.outcome.hello.server.bootId).not.toBe(outcome.hello.server.bootId);
  });

  it('ticks, tells its health and answers as the gateway does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    await simulator.stop();
    await simulator.listen();
    const { socket } = await attempt(bySecret());
    vi.advanceTimersByTime(WIRE.everyMs.health);
    const named = (event: string) => () => socket.frames.find((frame) => frame.event === event);
    const shape = (frame: unknown) => new Placeholders([]).value(frame);
    for (const event of ['tick', 'health'] as const) {
      const heard = await socket.until(named(event), event, 5_000);
      expect(shape(heard)).toEqual(shape(WIRE.events[event]));
    }
    socket.send('{"type":"req","id":"ask-1","method":"gateway.identity.get","params":{}}');
    expect(await socket.answer('ask-1')).toEqual(WIRE.answers['gateway.identity.get']);
  });

  it('has a hello of the real one’s length', async () => {
    const { outcome } = await attempt(bySecret());
    const bytes = JSON.stringify(outcome.frames.at(-1)).length;
    expect(bytes).toBeGreaterThan(WIRE.helloBytes * 0.9);
    expect(bytes).toBeLessThan(WIRE.helloBytes * 1.1);
  });

  it('speaks HTTP, and neither draining nor without a relay key takes a WebSocket', async () => {
    const http = simulator.url.replace('ws', 'http');
    for (const [path, { status, body }] of Object.entries(WIRE.http)) {
      const response = await fetch(http + path);
      expect([path, response.status, await response.text()]).toEqual([path, status, body]);
    }
    const relay = new Recorder(`${simulator.url}/browser/extension`);
    expect(await relay.closed()).toMatchObject({ code: 1006 });
    simulator.isDraining = true;
    const gateway = new Recorder(simulator.url);
    expect(await gateway.closed()).toMatchObject({ code: 1006 });
  });
});

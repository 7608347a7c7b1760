/** Faults of the gateway's process and port. */
import { connect } from 'node:net';
import { OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import {
  type StrangeServer,
  startHttpServer,
  startTcpServer,
  startWebSocketServer,
} from '../../harness/servers/strange-server.ts';
import { pick } from '../fuzz/chance.ts';
import { between, breaking, ENDS_WITHIN_MS, type Fault, MINUTE, rest, turn } from './deeds.ts';
import type { Rig } from './rig.ts';
import { change } from './situation.ts';

export const isRefused = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(false);
    });
    socket.once('error', () => done(true));
  });

export async function back(rig: Rig, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await rig.startGateway(env);
  turn(rig, change.presence('up'));
}

export async function stop(rig: Rig, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const isHeard = signal === 'SIGTERM' && rig.lane.isConnected;
  await breaking(rig, () => rig.gateway.stop(signal));
  // Its port may outlive the process that we know by a moment.
  await until(ENDS_WITHIN_MS, 'the port to be free', () => isRefused(rig.gateway.port));
  turn(rig, change.presence(isHeard ? 'announced' : 'gone'));
}

const wrongClock = (shiftMs: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import ${new URL('../../harness/gateway/clock-shift.mjs', import.meta.url)}`,
  CLOCK_SHIFT_MS: String(shiftMs),
});

export const GATEWAY_FAULTS = {
  async 'gateway-killed'(rig) {
    await stop(rig, 'SIGKILL');
    return () => back(rig);
  },

  async 'gateway-stopped'(rig) {
    await stop(rig, 'SIGTERM');
    return () => back(rig);
  },

  async 'gateway-hung-briefly'(rig, dice) {
    rig.gateway.signal('SIGSTOP');
    await rest(between(dice, 500, 4_000));
    rig.gateway.signal('SIGCONT');
    return null;
  },

  async 'gateway-hung'(rig) {
    rig.gateway.signal('SIGSTOP');
    turn(rig, change.presence('hung'));
    return async () => {
      rig.gateway.signal('SIGCONT');
      turn(rig, change.presence('up'));
    };
  },

  async 'gateway-upgraded'(rig, _, note) {
    await stop(rig, 'SIGTERM');
    const before = rig.gateway.version;
    if (before === OPENCLAW_VERSION) {
      await rig.restore();
    } else {
      await rig.backUp();
      rig.use(OPENCLAW_VERSION);
    }
    note(`${before} becomes ${rig.gateway.version}`);
    return () => back(rig);
  },

  async 'gateway-clock-jumped'(rig, dice) {
    await stop(rig, 'SIGKILL');
    const shift = between(dice, 2 * MINUTE, 4 * MINUTE) * pick(dice, [1, -1]);
    return () => back(rig, wrongClock(shift));
  },

  async 'port-taken'(rig, dice, note) {
    await stop(rig, 'SIGKILL');
    const { port } = rig.gateway;
    const who = pick(dice, ['web-server', 'mute-server', 'gone'] as const);
    note(who === 'gone' ? 'by a server that resets' : `by a ${who}`);
    const stranger: StrangeServer =
      who === 'web-server'
        ? await startHttpServer({ status: 404, port })
        : who === 'mute-server'
          ? await startWebSocketServer(() => {}, { port })
          : await startTcpServer((socket) => void socket.resetAndDestroy(), { port });
    turn(rig, change.presence(who));
    return async () => {
      await stranger.close();
      rig.said.push(...stranger.heard);
      await back(rig);
    };
  },
} satisfies Record<string, Fault>;

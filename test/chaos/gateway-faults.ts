/** Faults of the gateway's process and port. */
import { connect } from 'node:net';
import { OPENCLAW_VERSION } from '../../scripts/lib/openclaw.ts';
import {
  type StrangeServer,
  startHttpServer,
  startTcpServer,
  startWebSocketServer,
} from '../../scripts/lib/strange-server.ts';
import { until } from '../../scripts/lib/wait.ts';
import { pick } from '../fuzz/chance.ts';
import { between, breaking, ENDS_WITHIN_MS, type Fault, MINUTE, rest, turn } from './deeds.ts';
import { change } from './model.ts';
import type { Stage } from './stage.ts';

const isRefused = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(false);
    });
    socket.once('error', () => done(true));
  });

async function back(stage: Stage, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await stage.startGateway(env);
  turn(stage, change.presence('up'));
}

async function stop(stage: Stage, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const isHeard = signal === 'SIGTERM' && stage.lane.isConnected;
  await breaking(stage, () => stage.gateway.stop(signal));
  // Its port may outlive the process that we know by a moment.
  await until(ENDS_WITHIN_MS, 'the port to be free', () => isRefused(stage.gateway.port));
  turn(stage, change.presence(isHeard ? 'announced' : 'gone'));
}

const wrongClock = (shiftMs: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import ${new URL('../../scripts/lib/clock-shift.mjs', import.meta.url)}`,
  CLOCK_SHIFT_MS: String(shiftMs),
});

export const GATEWAY_FAULTS = {
  async 'gateway-killed'(stage) {
    await stop(stage, 'SIGKILL');
    return () => back(stage);
  },

  async 'gateway-stopped'(stage) {
    await stop(stage, 'SIGTERM');
    return () => back(stage);
  },

  async 'gateway-hung-briefly'(stage, dice) {
    stage.gateway.signal('SIGSTOP');
    await rest(between(dice, 500, 4_000));
    stage.gateway.signal('SIGCONT');
    return null;
  },

  async 'gateway-hung'(stage) {
    stage.gateway.signal('SIGSTOP');
    turn(stage, change.presence('hung'));
    return async () => {
      stage.gateway.signal('SIGCONT');
      turn(stage, change.presence('up'));
    };
  },

  async 'gateway-upgraded'(stage, _, note) {
    await stop(stage, 'SIGTERM');
    const before = stage.gateway.version;
    if (before === OPENCLAW_VERSION) {
      await stage.restore();
    } else {
      await stage.backUp();
      stage.use(OPENCLAW_VERSION);
    }
    note(`${before} becomes ${stage.gateway.version}`);
    return () => back(stage);
  },

  async 'gateway-clock-jumped'(stage, dice) {
    await stop(stage, 'SIGKILL');
    const shift = between(dice, 2 * MINUTE, 4 * MINUTE) * pick(dice, [1, -1]);
    return () => back(stage, wrongClock(shift));
  },

  async 'port-taken'(stage, dice, note) {
    await stop(stage, 'SIGKILL');
    const { port } = stage.gateway;
    const who = pick(dice, ['web-server', 'mute-server', 'gone'] as const);
    note(who === 'gone' ? 'by a server that resets' : `by a ${who}`);
    const stranger: StrangeServer =
      who === 'web-server'
        ? await startHttpServer({ status: 404, port })
        : who === 'mute-server'
          ? await startWebSocketServer(() => {}, { port })
          : await startTcpServer((socket) => void socket.resetAndDestroy(), { port });
    turn(stage, change.presence(who));
    return async () => {
      await stranger.close();
      stage.said.push(...stranger.heard);
      await back(stage);
    };
  },
} satisfies Record<string, Fault>;

/** What the doctor says of a gateway’s process, its work, its past and its relay: stories more than settings. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { muteModel, runJob, UPDATE_AVAILABLE } from '../../harness/gateway/conditions.ts';
import { freePort, type Gateway } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import { startForwarder } from '../../harness/servers/meddling-proxy.ts';
import { startMuteModel } from '../../harness/servers/mute-model.ts';
import { bring } from './bring.ts';
import { type Fault, told, WELL } from './fault.ts';
import { PAST } from './past.ts';
import { giveKey, relaySeen } from './relay.ts';
import { LAN_NAME, type Stage } from './stage.ts';

const LIMIT = { timeout: 30_000 };

/** What the last interruption was, as the doctor tells it. */
const past = (doctor: Page, kind: 'restarted' | 'reloaded'): Promise<void> =>
  doctor.locator(`[data-testid=inside-past][data-kind=${kind}]`).waitFor({ ...LIMIT, state: 'attached' });

/** A relay of its own on the relay’s port, with the gateway’s key; resolves to the pairing string. */
async function standaloneRelay(stage: Stage): Promise<string> {
  const pairing = await stage.gateway.relayPairingString();
  stage.atEnd(await stage.gateway.startStandaloneRelay());
  return pairing;
}

async function provedAlone(stage: Stage): Promise<void> {
  const pairing = await standaloneRelay(stage);
  await stage.paired();
  await giveKey(stage, pairing);
  await relaySeen(stage, 'relay-key-proved');
}

/** Whose port it is, as the system has it. The process that a start gives us is not it: it starts another one. */
async function listenerAt(port: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ss', ['-ltnpH', `sport = :${port}`]);
  return Number(/pid=(\d+)/.exec(stdout)?.[1]);
}

/** The command that ends exactly the process that answers us: it has the gateway’s port, and the gateway ends by it. */
async function stops(doctor: Page, { gateway }: Stage): Promise<void> {
  const command = await doctor.getByTestId('stop-command').textContent(LIMIT);
  const wanted = `kill ${await listenerAt(gateway.port)}`;
  if (command !== wanted) throw new Error(`${command} instead of ${wanted}`);
  await promisify(execFile)('/bin/sh', ['-c', command]);
  await until(30_000, 'the gateway to end', () => !gateway.isRunning);
}

/** A gateway in that condition whose agent waits for its model. */
async function busy(stage: Stage, condition: Parameters<typeof bring>[1]): Promise<Gateway> {
  const model = await startMuteModel();
  stage.atEnd(model.close);
  const gateway = await bring(stage, {
    ...condition,
    async configure(config, made) {
      muteModel(config, model.port);
      await condition.configure?.(config, made);
    },
  });
  await stage.paired();
  await gateway.asOwner(runJob);
  await until(60_000, 'the agent to ask its model', () => model.asked > 0);
  return gateway;
}

const alternating = PAST.find(({ name }) => name === 'gateways-alternate');

export const STORIES: readonly Fault[] = [
  {
    name: 'inside-busy',
    how: 'a changed configuration waits for a restart while an agent waits for its model',
    expected: { ...WELL, inside: 'config-unapplied reload-off', restart: 'runs jobs tasks' },
    startsItself: true,
    async play(stage) {
      const gateway = await busy(stage, {
        configure(config) {
          config.gateway.reload = { mode: 'off' };
        },
      });
      await gateway.configure((config) => {
        config.gateway.controlUi = { basePath: '/elsewhere' };
      });
    },
  },
  {
    name: 'inside-busy-update',
    how: 'an update is offered while an agent waits for its model',
    expected: { ...WELL, inside: 'update-available', restart: 'runs jobs tasks' },
    startsItself: true,
    async play(stage) {
      await busy(stage, UPDATE_AVAILABLE);
    },
  },
  {
    name: 'inside-restarted',
    how: 'the gateway stops, and another process of it starts',
    expected: { ...WELL, inside: '' },
    needs: ['ss'],
    async play(stage) {
      await stage.paired();
      await stage.gateway.stop('SIGTERM');
      await waitForStatus(stage.page, 'starting');
      await stage.gateway.start();
      await waitForStatus(stage.page, 'healthy', 90_000);
    },
    async check(doctor, { gateway }) {
      await past(doctor, 'restarted');
      const process = `PID ${await listenerAt(gateway.port)}, port ${gateway.port}`;
      await doctor
        .getByTestId('inside')
        .getByText(process)
        .waitFor({ ...LIMIT, state: 'attached' });
    },
  },
  {
    name: 'inside-kept-running',
    how: 'the way to the gateway is closed for a moment; its process goes on',
    expected: { ...WELL, inside: '' },
    async play(stage) {
      const way = await startForwarder(stage.gateway.port);
      stage.atEnd(way.close);
      await stage.paired({ url: way.url });
      way.target = await freePort();
      way.cut();
      await waitForStatus(stage.page, 'reconnecting');
      way.target = stage.gateway.port;
      await waitForStatus(stage.page, 'healthy');
    },
    check: (doctor) => past(doctor, 'reloaded'),
  },
  ...(alternating
    ? [
        {
          ...alternating,
          name: 'inside-second-gateway',
          how: `${alternating.how}; the doctor’s command ends the one that answers`,
          needs: ['ss'] as const,
          check: stops,
        },
      ]
    : []),
  {
    name: 'inside-proxy-untrusted',
    how: 'a gateway that listens on loopback alone is reached from the network, and trusts no proxy',
    expected: { ...WELL, inside: 'proxy-untrusted' },
    async play(stage) {
      const way = await startForwarder(stage.gateway.port);
      stage.atEnd(way.close);
      await stage.paired({ url: way.url.replace('127.0.0.1', LAN_NAME) });
    },
  },
  {
    name: 'relay-standalone',
    how: 'a relay of its own has the relay’s port, beside a gateway that runs',
    expected: { ...WELL, relay: 'relay-key-proved' },
    play: provedAlone,
    check: (doctor) =>
      doctor
        .locator('[data-check=RL-ANSWERS]')
        .getByText('a process that isn’t the gateway’s')
        .waitFor({ ...LIMIT, state: 'attached' }),
  },
  {
    name: 'relay-standalone-gateway-stopped',
    how: 'the same, and the gateway is killed: nothing is said of the relay',
    expected: told('reconnecting', 'gateway-unreachable', 'gateway', 'gateway-status'),
    async play(stage) {
      await provedAlone(stage);
      await stage.gateway.stop('SIGKILL');
    },
    async check(doctor, { page }) {
      const judged = doctor.locator('[data-check^=RL-]:not([data-result=skip])');
      if ((await judged.count()) > 0) throw new Error('the relay was judged');
      if ((await page.getByTestId('relay').count()) > 0) throw new Error('the popup speaks of the relay');
    },
  },
];

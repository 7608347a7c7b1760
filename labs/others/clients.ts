/** Real clients of OpenClaw: how each comes to be refused, and what its user does then as the card says. */
import { type BrowserContext, chromium, type Locator, type Page } from '@playwright/test';
import { signIn } from '../../harness/browser/control-ui.ts';
import { findChromium } from '../../harness/browser/find-browser.mjs';
import type { CommandLine, Running } from '../../harness/gateway/command-line.ts';
import { isAtLeast } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import type { ClientKind, ExplainedCode } from '../../src/explain/types.ts';
import type { House } from './house.ts';

/** A client that is about to be refused. */
export interface Client {
  /** The beginning of its device id, where the card tells it. */
  device?(): string;
  refuse(): Promise<unknown>;
  /** Does what the card says, and no more. Rejects if the client is not let in then. */
  cure(card: Locator): Promise<unknown>;
  leave?(): Promise<unknown>;
}

export interface RealClient {
  readonly name: string;
  /** What the page is to say of it. */
  readonly told: readonly [ClientKind, ExplainedCode];
  /**
   * How the page is to say that it is over; `refused`: a refusal that names no device, of a client without a name, cannot be
   * told to be over, and its card says after ten minutes that it was not seen since.
   */
  readonly over: 'approved' | 'connected' | 'refused';
  /** Brings it to where it is refused next. */
  prepare(house: House): Promise<Client>;
  /** Versions whose command approves without a word in the gateway's log: the card stays until the client is quiet. */
  readonly approvesSilently?: readonly string[];
  /** Versions that cannot have it, or tell it as something else, and why. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Shaped like a real one. */
const WRONG = 'placeholder-of-a-secret-that-is-wrong';
/** A list that the gateway does not send by itself is asked for once a minute. */
const ADMITTED_WITHIN_MS = 120_000;

const commandOf = async (card: Locator): Promise<string> =>
  (await card.getByTestId('explained-command').innerText()).trim();

/** It needs the right to read, so it comes as a device: `health` of 2026.9 comes with the secret alone. */
const READING = ['cron', 'list'] as const;

const ask = (commandLine: CommandLine) => commandLine.run(READING);

async function mustBeAdmitted(commandLine: CommandLine, args: readonly string[] = READING): Promise<void> {
  const { code, text } = await commandLine.run(args);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${text.trim().slice(-600)}`);
}

const waiting = async ({ gateway }: House): Promise<string[]> =>
  (await gateway.devices()).pending.map(({ deviceId }) => deviceId);

/** The device whose request comes with what is done: where a program keeps its identity changes with its version. */
async function newDevice(house: House, act: () => Promise<unknown>): Promise<string> {
  const before = await waiting(house);
  await act();
  return until(ADMITTED_WITHIN_MS, 'a new request', async () =>
    (await waiting(house)).find((each) => !before.includes(each)),
  );
}

/** As much of it as a card shows. */
const short = (deviceId: string): string => deviceId.slice(0, 6);

/** A paired command line. */
async function paired(house: House): Promise<{ commandLine: CommandLine; deviceId: string }> {
  const { gateway } = house;
  const commandLine = await house.commandLine();
  await commandLine.configure({ url: house.url, token: gateway.token });
  const deviceId = await newDevice(house, () => ask(commandLine));
  await gateway.asOwner((owner) => owner.approve(deviceId));
  await mustBeAdmitted(commandLine);
  return { commandLine, deviceId };
}

/**
 * Approves by the command of the card; where that is denied, as the dashboard does it, which the card names first. Requests
 * expire after five minutes, and the card says so: then the client has to try `again`.
 */
async function approveByCard(house: House, card: Locator, again: () => Promise<unknown>): Promise<void> {
  const command = card.getByTestId('explained-command');
  if ((await command.count()) === 0) await again();
  await command.waitFor();
  const line = await commandOf(card);
  const { code, text } = await house.atTheGateway(line);
  if (code === 0) return;
  const denied = /missing scope|asking for more scopes/.exec(text)?.[0];
  if (denied === undefined) throw new Error(text.trim().slice(-600));
  house.deniedCommands.push(denied);
  await house.gateway.approve(line.split(' ').at(-1) ?? '');
}

async function letIn(house: House, card: Locator, commandLine: CommandLine): Promise<void> {
  await approveByCard(house, card, () => ask(commandLine));
  await mustBeAdmitted(commandLine);
}

/** The secret, as the command on the card shows it. Versions before 2026.8 have none: their users look into the configuration. */
async function secretByCard(house: House, card: Locator): Promise<string> {
  if ((await card.getByTestId('explained-command').count()) === 0) return house.gateway.token;
  const { text } = await house.atTheGateway(await commandOf(card));
  if (!text.includes(house.gateway.token)) throw new Error(`no secret: ${text.trim().slice(-600)}`);
  return house.gateway.token;
}

const ALIKE = { '2026.2.21': 'names an old secret and an old device token alike' };

const CLI: readonly RealClient[] = [
  {
    name: 'command line, not approved',
    told: ['unknown', 'not-paired'],
    over: 'approved',
    approvesSilently: ['2026.5.28', '2026.2.21'],
    async prepare(house) {
      const commandLine = await house.commandLine();
      await commandLine.configure({ url: house.url, token: house.gateway.token });
      let device = '';
      return {
        device: () => short(device),
        refuse: async () => {
          device = await newDevice(house, () => ask(commandLine));
        },
        cure: (card) => letIn(house, card, commandLine),
      };
    },
  },
  {
    name: 'command line, asks for more access',
    told: ['cli', 'scope-upgrade'],
    over: 'approved',
    except: { '2026.2.21': 'asks for all rights at once' },
    async prepare(house) {
      const { commandLine, deviceId } = await paired(house);
      const more = ['devices', 'list'];
      return {
        device: () => short(deviceId),
        refuse: () => commandLine.run(more),
        cure: async (card) => {
          // As the dashboard does it, with all rights.
          await card.getByRole('link').waitFor();
          await house.gateway.asOwner((owner) => owner.approve(deviceId));
          await mustBeAdmitted(commandLine, more);
        },
      };
    },
  },
  {
    name: 'command line, removed',
    told: ['unknown', 'not-paired'],
    over: 'approved',
    approvesSilently: ['2026.5.28', '2026.2.21'],
    async prepare(house) {
      const { commandLine, deviceId } = await paired(house);
      await house.gateway.asOwner((owner) => owner.ask('device.pair.remove', { deviceId }));
      return {
        device: () => short(deviceId),
        refuse: () => ask(commandLine),
        cure: (card) => letIn(house, card, commandLine),
      };
    },
  },
  {
    name: 'command line, old gateway secret',
    told: ['cli', 'gateway-secret-mismatch'],
    over: 'refused',
    except: ALIKE,
    async prepare(house) {
      const commandLine = await house.commandLine();
      await commandLine.configure({ url: house.url, token: WRONG });
      return {
        refuse: () => ask(commandLine),
        cure: async (card) => {
          const secret = await secretByCard(house, card);
          await commandLine.run(['config', 'set', 'gateway.remote.token', secret]);
          // It has the secret now, and is a new device: told as one, with a command of its own.
          const device = await newDevice(house, () => ask(commandLine));
          const asking = house.card('unknown', 'not-paired', short(device));
          await asking.waitFor();
          await letIn(house, asking, commandLine);
        },
      };
    },
  },
  {
    name: 'command line, rotated device token',
    told: ['cli', 'device-token-mismatch'],
    over: 'refused',
    async prepare(house) {
      const { commandLine, deviceId } = await paired(house);
      await house.gateway.rotate(deviceId);
      await commandLine.configure({ url: house.url });
      return {
        refuse: () => ask(commandLine),
        cure: async (card) => {
          const secret = await secretByCard(house, card);
          await commandLine.run(['config', 'set', 'gateway.remote.token', secret]);
          await mustBeAdmitted(commandLine);
          // The new device token is enough from then on.
          await commandLine.configure({ url: house.url });
          await mustBeAdmitted(commandLine);
        },
      };
    },
  },
];

/** A node runs until it is ended, and tries again by itself. */
function nodeOf(house: House, commandLine: CommandLine, name: string, secret: string): Running {
  const { hostname, port } = new URL(house.url);
  const run = ['node', 'run', '--host', hostname, '--port', port, '--display-name', name];
  return commandLine.start(run, {
    env: { OPENCLAW_GATEWAY_TOKEN: secret },
  });
}

const untilNodeIsHere = (house: House, name: string, node: Running): Promise<unknown> =>
  until(ADMITTED_WITHIN_MS, 'the node to be there', () => house.isHere(name)).catch(() => {
    throw new Error(`the node is not there: ${node.text().trim().slice(-200)}`);
  });

const NODES: readonly RealClient[] = [
  {
    name: 'node, not approved',
    told: ['unknown', 'not-paired'],
    over: 'approved',
    approvesSilently: ['2026.5.28', '2026.2.21'],
    async prepare(house) {
      const commandLine = await house.commandLine();
      let node: Running;
      let device = '';
      return {
        device: () => short(device),
        refuse: async () => {
          device = await newDevice(house, async () => {
            node = nodeOf(house, commandLine, 'shed', house.gateway.token);
          });
        },
        cure: async (card) => {
          const restart = async () => {
            await node.stop();
            node = nodeOf(house, commandLine, 'shed', house.gateway.token);
          };
          await approveByCard(house, card, restart);
          await restart();
          await untilNodeIsHere(house, 'shed', node);
        },
        leave: () => node.stop(),
      };
    },
  },
  {
    name: 'node, old gateway secret',
    told: ['node', 'gateway-secret-mismatch'],
    over: 'connected',
    except: ALIKE,
    async prepare(house) {
      const commandLine = await house.commandLine();
      let node: Running;
      return {
        refuse: async () => {
          node = nodeOf(house, commandLine, 'attic', WRONG);
        },
        cure: async (card) => {
          const secret = await secretByCard(house, card);
          await node.stop();
          const device = await newDevice(house, async () => {
            node = nodeOf(house, commandLine, 'attic', secret);
          });
          const asking = house.card('unknown', 'not-paired', short(device));
          await asking.waitFor();
          await approveByCard(house, asking, async () => {});
          await node.stop();
          node = nodeOf(house, commandLine, 'attic', secret);
          await untilNodeIsHere(house, 'attic', node);
        },
        leave: () => node.stop(),
      };
    },
  },
];

const CONTROL_UI = 'openclaw-control-ui';

/** A second browser, without the extension. */
async function otherBrowser(): Promise<BrowserContext> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium here yet. Run: npm run setup');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return browser.newContext();
}

const originOf = ({ gateway }: House): string => `http://127.0.0.1:${gateway.port}`;

const hasDeviceToken = (page: Page): Promise<boolean> =>
  page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('openclaw.device.auth.')));

/** How often dashboards were let in so far. */
const signIns = ({ gateway }: House): number =>
  gateway.connects().filter(({ accepted, clientId }) => accepted && clientId === CONTROL_UI).length;

/** Types the secret into the sign-in page that a rejected tab shows. */
async function signInByForm(house: House, page: Page, card: Locator): Promise<void> {
  const secret = await secretByCard(house, card);
  const before = signIns(house);
  // Before 2026.3 a rejected tab shows its chat, and the form stands on the overview.
  await page.goto(`${originOf(house)}${isAtLeast(house.gateway.version, '2026.3.0') ? '/' : '/overview'}`);
  // Newer ones have a button beside it that is called by the same name.
  await page
    .locator('input')
    .and(page.getByLabel(/gateway (?:secret|token)/i))
    .fill(secret);
  await page.getByRole('button', { name: /^connect$/i }).click();
  await until(ADMITTED_WITHIN_MS, 'the dashboard to be let in', () => signIns(house) > before);
}

/** More than a gateway admits within a minute. */
const MOST_RELOADS = 15;

const DASHBOARDS: readonly RealClient[] = [
  {
    name: 'dashboard tab, rotated device token',
    told: ['dashboard', 'device-token-mismatch'],
    over: 'refused',
    async prepare(house) {
      const { gateway } = house;
      const context = await otherBrowser();
      const first = await signIn(context, gateway);
      await until(ADMITTED_WITHIN_MS, 'the dashboard to keep its device token', () => hasDeviceToken(first));
      // A new tab knows nothing but what the browser keeps for all.
      await first.close();
      const { paired: all } = await gateway.devices();
      await gateway.rotate(all.find(({ clientId }) => clientId === CONTROL_UI)?.deviceId ?? '');
      const page = await context.newPage();
      return {
        refuse: () => page.goto(originOf(house)),
        cure: (card) => signInByForm(house, page, card),
        leave: () => context.browser()?.close() ?? context.close(),
      };
    },
  },
  {
    name: 'dashboard tab, a bookmark with an old gateway secret',
    told: ['dashboard', 'gateway-secret-mismatch'],
    over: 'refused',
    except: ALIKE,
    async prepare(house) {
      const context = await otherBrowser();
      const page = await context.newPage();
      return {
        refuse: () => page.goto(`${originOf(house)}/#token=${WRONG}`),
        cure: (card) => signInByForm(house, page, card),
        leave: () => context.browser()?.close() ?? context.close(),
      };
    },
  },
  {
    name: 'dashboard tab, the same until it is locked out',
    told: ['dashboard', 'rate-limited'],
    over: 'refused',
    except: { '2026.2.21': 'locks out nobody on its own computer' },
    async prepare(house) {
      const context = await otherBrowser();
      return {
        refuse: async () => {
          const isLockedOut = (): boolean =>
            house.gateway.connects().some(({ authReason }) => authReason === 'rate_limited');
          for (let count = 0; count < MOST_RELOADS && !isLockedOut(); count += 1) {
            const page = await context.newPage();
            const seen = house.gateway.connects().length;
            await page.goto(`${originOf(house)}/#token=${WRONG}`);
            await until(
              ADMITTED_WITHIN_MS,
              'the tab to be judged',
              () => house.gateway.connects().length > seen,
            );
            await page.close();
          }
        },
        cure: () => house.lockOutIsOver(),
        leave: () => context.browser()?.close() ?? context.close(),
      };
    },
  },
];

export const REAL_CLIENTS: readonly RealClient[] = [...CLI, ...NODES, ...DASHBOARDS];

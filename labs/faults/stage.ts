/** Where a fault is played: one fresh browser, the popup's page in it, and the scene's gateway if it has one. */
import type { Page } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { permittedBuild } from '../../harness/browser/permitted-build.ts';
import { pair, status, waitForStatus } from '../../harness/browser/popup-page.ts';
import type { Admin } from '../../harness/gateway/admin.ts';
import { freePort, type Gateway } from '../../harness/gateway/openclaw.ts';
import { judgedSince, ownDeviceId } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import type { StrangeServer } from '../../harness/servers/strange-server.ts';
import type { RemedyId } from '../../src/remedy/ways.ts';
import { officialExtensionPath } from '../bench/official-extension.ts';

/** The whole examination; its own promise is 3 s, on a machine that does nothing else. */
export const DOCTOR_LIMIT_MS = 60_000;

/** A name that the stage's browsers take for loopback: a gateway of the user's network. */
export const LAN_NAME = 'box.lan';

/** What is pasted as the secret of servers that must not get it. */
export const BAIT = 'bait-that-no-stranger-may-hear';

let permitted: Promise<string> | null = null;

/** One for all stages. */
const buildThatMayLook = (): Promise<string> => {
  permitted ??= permittedBuild();
  return permitted;
};

/** The browser of a stage, and what its user has done before. */
export interface StageSetting {
  /** The browser has the official extension, too. */
  readonly withOfficial?: true;
  /** The user has given the permissions that diagnostics ask for. */
  readonly mayLook?: true;
  /** The certificate of an authority that the user has installed. */
  readonly trusts?: string;
  /** Names with a port, such as `box.lan:443`, which the browser takes for ports of loopback that the stage has chosen. */
  readonly maps?: readonly string[];
}

export class Stage {
  readonly ext: ExtensionBrowser;
  page: Page;
  readonly #gateway: Gateway | null;
  /** Every gateway that took part, and how many connects it had seen before. */
  readonly #logs: { gateway: Gateway; since: number }[] = [];
  readonly #closers: (() => Promise<unknown>)[] = [];
  readonly #strangers: StrangeServer[] = [];
  readonly #ports: ReadonlyMap<string, number>;

  private constructor(
    ext: ExtensionBrowser,
    page: Page,
    gateway: Gateway | null,
    ports: ReadonlyMap<string, number>,
  ) {
    this.ext = ext;
    this.#ports = ports;
    this.page = page;
    this.#gateway = gateway;
    if (gateway) this.watch(gateway);
  }

  static async open(
    gateway: Gateway | null,
    { withOfficial, mayLook, trusts, maps = [] }: StageSetting = {},
  ): Promise<Stage> {
    const ports = new Map<string, number>();
    for (const name of maps) ports.set(name, await freePort());
    const ext = await launchExtension({
      extensionPath: mayLook ? await buildThatMayLook() : BUILD,
      extraExtensions: withOfficial ? [officialExtensionPath(gateway?.version)] : [],
      loopbackNames: [LAN_NAME],
      mapped: Object.fromEntries(ports),
      ...(trusts === undefined ? {} : { trusts }),
    });
    try {
      return new Stage(ext, await ext.openPopupInTab(), gateway, ports);
    } catch (error) {
      await ext.close();
      throw error;
    }
  }

  get gateway(): Gateway {
    if (!this.#gateway) throw new Error('this scene has no gateway');
    return this.#gateway;
  }

  /** Where a name of the fault's `maps` leads. */
  portOf(name: string): number {
    const port = this.#ports.get(name);
    if (port === undefined) throw new Error(`${name} leads nowhere here`);
    return port;
  }

  /** Another gateway takes part: what it refuses counts, too. */
  watch(gateway: Gateway): void {
    this.#logs.push({ gateway, since: gateway.connects().length });
  }

  /** What is to be closed after the fault was looked at, the latest first. */
  atEnd(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  /** A server that is no gateway, for as long as the fault lasts; whether it hears a secret is noticed. */
  async meet(starting: Promise<StrangeServer>): Promise<StrangeServer> {
    const server = await starting;
    this.#strangers.push(server);
    this.atEnd(() => server.close());
    return server;
  }

  asOwner<T>(act: (owner: Admin) => Promise<T>): Promise<T> {
    return this.gateway.asOwner(act);
  }

  /** Pastes an address with its secret. */
  async paste(text: string, options: { isRemembered?: boolean } = {}): Promise<void> {
    await this.page.getByTestId('pairing-link').fill(text);
    if (options.isRemembered === false) await this.page.getByRole('checkbox').uncheck();
    await this.page.getByTestId('connect').click();
  }

  /** Tries an address without any secret, as the user's choice. */
  async pasteWithoutSecret(text: string): Promise<void> {
    await this.page.getByTestId('pairing-link').fill(text);
    await this.page.getByTestId('without-secret').click();
  }

  pasteWithSecret(text: string, secret: string): Promise<void> {
    return pair(this.page, text, { secret });
  }

  /** Asks to be paired with the scene's gateway, by way of `url` where a proxy stands before it. */
  async ask({ isRemembered = false, url = this.gateway.url } = {}): Promise<string> {
    await this.paste(`${url}#${this.gateway.token}`, { isRemembered });
    // Gateways up to 2026.2.21 pair by themselves whoever has the secret and is on their computer.
    await waitForStatus(this.page, ['approval', 'healthy']);
    return ownDeviceId(this.ext);
  }

  /** Paired and connected. Resolves to the device id. */
  async paired(options: { isRemembered?: boolean; url?: string } = {}): Promise<string> {
    const device = await this.ask(options);
    if ((await status(this.page)).status === 'approval') await this.approved(device);
    return device;
  }

  /** Approved, and noticed at once, because somebody opens the popup. */
  async approved(device: string): Promise<void> {
    await this.asOwner((owner) => owner.approve(device));
    await this.page.reload();
    await waitForStatus(this.page, ['healthy', 'healed']);
  }

  /** The user forgets what was paired, and begins anew. */
  async forgetAll(): Promise<void> {
    await this.ext.evaluate(async () => {
      const { runtime, storage } = (globalThis as any).chrome;
      const { gateways } = await storage.local.get('gateways');
      for (const { id } of gateways?.value ?? [])
        await runtime.sendMessage({ type: 'forget-gateway', gatewayId: id });
    }, null);
    await waitForStatus(this.page, 'not-set-up');
  }

  /** Runs a command at the gateway as the diagnostics show it for the fault that stands. */
  async runRemedy(id: RemedyId): Promise<void> {
    const doctor = await this.diagnostics();
    const command = doctor.locator(`[data-remedy=${id}] code`);
    await command.waitFor({ state: 'attached' });
    await this.gateway.shell((await command.textContent()) ?? '');
    await doctor.close();
  }

  /** The diagnostics of the gateway that was paired last, in a tab, after their first run. */
  async diagnostics(): Promise<Page> {
    const gatewayId = await this.ext.evaluate(async () => {
      const { gateways } = await (globalThis as any).chrome.storage.local.get('gateways');
      return gateways?.value?.at(-1)?.id ?? '';
    }, null);
    const doctor = await this.page.context().newPage();
    await doctor.goto(this.ext.url(`src/pages/doctor/index.html?gateway=${gatewayId}`));
    await doctor.waitForFunction(() => document.documentElement.dataset.run === 'done', null, {
      timeout: DOCTOR_LIMIT_MS,
    });
    return doctor;
  }

  async press(name: RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** See `Expected.spent`. */
  async spent(): Promise<number> {
    const heard = this.#strangers.flatMap((server) => server.heard).filter((text) => text.includes(BAIT));
    const judged = await Promise.all(this.#logs.map(({ gateway, since }) => judgedSince(gateway, since)));
    const refused = judged.flat().filter(({ authReason }) => authReason !== undefined);
    return heard.length + refused.length;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
    await this.ext.close();
  }
}

/** Where a fault is played: one fresh browser, the popup's page in it, and the scene's gateway if it has one. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { pair, waitForStatus } from '../../harness/browser/popup-page.ts';
import type { Admin } from '../../harness/gateway/admin.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { judgedSince, ownDeviceId } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import type { StrangeServer } from '../../harness/servers/strange-server.ts';
import { officialExtensionPath } from '../bench/official-extension.ts';

/** A name that the stage's browsers take for loopback: a gateway of the user's network. */
export const LAN_NAME = 'box.lan';

/** What is pasted as the secret of servers that must not get it. */
export const BAIT = 'bait-that-no-stranger-may-hear';

let permitted: Promise<string> | null = null;

/** The build, with the optional permissions of diagnostics given: nobody here clicks on a browser's own question. */
function buildThatMayLook(): Promise<string> {
  permitted ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-health-permitted-'));
    keepFolder(folder);
    await cp(BUILD, folder, { recursive: true });
    const file = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    const permissions = [...manifest.permissions, 'webRequest'];
    const host_permissions = manifest.optional_host_permissions;
    await writeFile(file, JSON.stringify({ ...manifest, permissions, host_permissions }));
    return folder;
  })();
  return permitted;
}

export class Stage {
  readonly ext: ExtensionBrowser;
  page: Page;
  readonly #gateway: Gateway | null;
  /** Every gateway that took part, and how many connects it had seen before. */
  readonly #logs: { gateway: Gateway; since: number }[] = [];
  readonly #closers: (() => Promise<unknown>)[] = [];
  readonly #strangers: StrangeServer[] = [];

  private constructor(ext: ExtensionBrowser, page: Page, gateway: Gateway | null) {
    this.ext = ext;
    this.page = page;
    this.#gateway = gateway;
    if (gateway) this.watch(gateway);
  }

  static async open(
    gateway: Gateway | null,
    { withOfficial = false, mayLook = false }: { withOfficial?: boolean; mayLook?: boolean } = {},
  ): Promise<Stage> {
    const ext = await launchExtension({
      extensionPath: mayLook ? await buildThatMayLook() : BUILD,
      extraExtensions: withOfficial ? [officialExtensionPath(gateway?.version)] : [],
      loopbackNames: [LAN_NAME],
    });
    try {
      return new Stage(ext, await ext.openPopupInTab(), gateway);
    } catch (error) {
      await ext.close();
      throw error;
    }
  }

  get gateway(): Gateway {
    if (!this.#gateway) throw new Error('this scene has no gateway');
    return this.#gateway;
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
    await waitForStatus(this.page, 'approval');
    return ownDeviceId(this.ext);
  }

  /** Paired and connected. Resolves to the device id. */
  async paired(options: { isRemembered?: boolean; url?: string } = {}): Promise<string> {
    const device = await this.ask(options);
    await this.approved(device);
    return device;
  }

  /** Approved, and noticed at once, because somebody opens the popup. */
  async approved(device: string): Promise<void> {
    await this.asOwner((owner) => owner.approve(device));
    await this.page.reload();
    await waitForStatus(this.page, ['healthy', 'healed']);
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

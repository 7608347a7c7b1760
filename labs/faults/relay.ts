/** Faults of the Browser Relay beside a gateway that works. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { extensionId } from '../../harness/browser/extension-id.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import {
  startHttpServer,
  startTcpServer,
  startWebSocketServer,
} from '../../harness/servers/strange-server.ts';
import type { Location } from '../../src/doctor/types.ts';
import type { RelayCause } from '../../src/relay/causes.ts';
import { connectOfficialExtension, officialExtensionPath } from '../bench/official-extension.ts';
import { type Expected, type Fault, told, WELL } from './fault.ts';
import type { Stage } from './stage.ts';

/** From a gateway's port to that of its relay. */
const OFFSET = 10;

/** The key is a file on the gateway's computer, read at every connect. */
const keyFile = ({ home }: Gateway): string => join(home, 'state/credentials/browser-extension-relay.secret');

const newKey = (): string => randomBytes(32).toString('hex');

const beside = (relay: RelayCause): Expected => ({ ...WELL, relay });

const down = (relay: RelayCause, location: Location, remedy: string | null): Expected => ({
  ...told('relay', relay, location, remedy),
  cause: null,
  relay,
});

/** Gives us the relay's key, as the popup asks for it. */
export async function giveKey({ page }: Stage, pairingString: string): Promise<void> {
  await page.getByTestId('relay-help').click();
  await page.getByTestId('relay-pairing-string').fill(pairingString);
  await page.getByTestId('relay-verify').click();
}

/** A click, because a look of its own comes only every ten seconds. */
const look = (stage: Stage): Promise<void> => stage.press(/^check now/i);

export async function relaySeen({ page }: Stage, cause: RelayCause): Promise<void> {
  await page.locator(`[data-testid=relay][data-relay=${cause}]`).waitFor({ timeout: 20_000 });
}

/** Connected, and the relay has proved that it holds the key that we hold. */
async function proved(stage: Stage): Promise<void> {
  await stage.paired();
  await giveKey(stage, await stage.gateway.relayPairingString());
  // The code stays what it was: nobody has woken the relay's own port yet.
  await stage.page
    .getByTestId('relay')
    .filter({ hasText: /key verified/i })
    .waitFor({ timeout: 20_000 });
}

/** Somebody else's challenge: it names our key, and proves nothing. */
const falseChallenge = (hello: string): string => {
  const { keyId, clientNonce } = JSON.parse(hello);
  return JSON.stringify({
    type: 'auth.challenge',
    v: 2,
    keyId,
    clientNonce,
    instanceId: 'impostor',
    sessionId: 'impostor',
    serverNonce: randomBytes(32).toString('base64url'),
    issuedAtMs: Date.now(),
    expiresAtMs: Date.now() + 10_000,
    role: 'extension',
    transport: 'websocket',
    method: 'GET',
    resource: '/extension',
    flow: 'extension',
    serverProof: randomBytes(32).toString('base64url'),
  });
};

/** The browser's own page of extensions, for what no extension may do. */
async function inSettings(stage: Stage, act: (settings: Page) => Promise<unknown>): Promise<void> {
  const settings = await stage.ext.context.newPage();
  await settings.goto('chrome://extensions');
  await act(settings);
  await settings.close();
  await stage.page.bringToFront();
}

/** Lets us read what the gateway's host answers. Nobody could press the button of the browser's own question. */
const mayRead = (stage: Stage): Promise<void> =>
  inSettings(stage, (settings) =>
    settings.evaluate(
      (id) => (globalThis as any).chrome.developerPrivate.addHostPermission(id, 'http://127.0.0.1/*'),
      stage.ext.id,
    ),
  );

/** The official extension is connected to the relay, and we see that it is. */
async function attached(stage: Stage): Promise<void> {
  await stage.paired();
  const official = await connectOfficialExtension(stage.ext, stage.gateway);
  stage.atEnd(official.close);
  await official.log.settled(60_000);
  await stage.page.bringToFront();
  await giveKey(stage, await stage.gateway.relayPairingString());
  await relaySeen(stage, 'relay-key-proved');
  await stage.page.getByTestId('relay-see').click();
  await look(stage);
  await relaySeen(stage, 'relay-attached');
}

export const RELAY: readonly Fault[] = [
  {
    name: 'relay-never-paired',
    how: 'a gateway for which no relay key was ever made',
    expected: beside('relay-never-paired'),
    play: async (stage) => void (await stage.paired()),
  },
  {
    name: 'relay-asleep',
    how: 'a relay key was made; nobody has used the relay since',
    expected: beside('relay-asleep'),
    async play(stage) {
      await stage.gateway.relayPairingString();
      await stage.paired();
    },
  },
  {
    name: 'relay-key-wrong',
    how: 'a pairing string with another key',
    expected: down('relay-key-rejected', 'browser', 'pair-official-extension'),
    async play(stage) {
      await stage.paired();
      const [address] = (await stage.gateway.relayPairingString()).split('#');
      await giveKey(stage, `${address}#${newKey()}`);
    },
  },
  {
    name: 'relay-key-rotated',
    how: 'the key is replaced on the gateway’s computer after it was proved',
    expected: down('relay-key-rotated', 'browser', 'pair-official-extension'),
    async play(stage) {
      await proved(stage);
      await writeFile(keyFile(stage.gateway), `${newKey()}\n`);
      await look(stage);
    },
  },
  {
    name: 'relay-plugin-off',
    how: 'the plugin that serves the relay is switched off',
    expected: down('relay-plugin-missing', 'gateway', 'enable-relay'),
    async play(stage) {
      const { gateway } = stage;
      await proved(stage);
      await gateway.configure((config) => {
        config.plugins = { entries: { browser: { enabled: false } } };
      });
      stage.atEnd(() =>
        gateway.configure((config) => {
          delete config.plugins;
        }),
      );
    },
  },
  {
    name: 'relay-port-taken',
    how: 'a web server on the relay’s own port',
    expected: down('relay-port-taken', 'relay', 'relay-port-owner'),
    async play(stage) {
      await proved(stage);
      await stage.meet(startHttpServer({ status: 404, port: stage.gateway.port + OFFSET }));
      await look(stage);
    },
  },
  {
    name: 'relay-port-silent',
    how: 'a TCP server on the relay’s own port that accepts and says nothing',
    expected: down('relay-not-answering', 'relay', 'relay-checkup'),
    async play(stage) {
      await proved(stage);
      await stage.meet(startTcpServer(() => {}, { port: stage.gateway.port + OFFSET }));
      await look(stage);
    },
  },
  {
    name: 'relay-impostor',
    how: 'a server on the relay’s own port that speaks as a relay and cannot prove its key',
    expected: down('relay-not-proved', 'unknown', 'pair-official-extension'),
    async play(stage) {
      await proved(stage);
      await stage.meet(
        startWebSocketServer(
          (socket) => socket.once('message', (hello) => socket.send(falseChallenge(String(hello)))),
          { port: stage.gateway.port + OFFSET },
        ),
      );
      await look(stage);
    },
  },
  {
    name: 'relay-extension-attached',
    how: 'the official extension is attached, and we may read its host',
    expected: beside('relay-attached'),
    withOfficial: true,
    // The gateway's own relay: the process is the same.
    check: (doctor) =>
      doctor
        .locator('[data-check=RL-ANSWERS]')
        .getByText('Yes.', { exact: true })
        .waitFor({ timeout: 30_000, state: 'attached' }),
    async play(stage) {
      await mayRead(stage);
      await attached(stage);
    },
  },
  {
    name: 'relay-extension-off',
    how: 'the official extension is switched off after it was attached; we may read its host',
    expected: down('relay-not-attached', 'relay', 'pair-official-extension'),
    withOfficial: true,
    // It may come back by itself for 45 s.
    limitMs: 75_000,
    async play(stage) {
      await mayRead(stage);
      await attached(stage);
      const official = extensionId(officialExtensionPath(stage.gateway.version));
      await inSettings(stage, (settings) =>
        settings.evaluate((id) => (globalThis as any).chrome.management.setEnabled(id, false), official),
      );
    },
  },
];

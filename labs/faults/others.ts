/** Faults of gateways that are set up in another way, have another clock, or are of another version. */

import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { Gateway, installOpenClaw, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { type Fault, type Scene, told, WELL } from './fault.ts';

const PASSWORD = 'correct horse battery';

const PASSWORDS: readonly Fault[] = [
  {
    name: 'password-missing',
    how: 'a gateway that wants a password is tried without one',
    expected: told('needs-you', 'gateway-password-missing', 'browser', 'new-setup-code', 1),
    play: (stage) => stage.pasteWithoutSecret(stage.gateway.url),
  },
  {
    name: 'password-wrong',
    how: 'a wrong password',
    expected: told('needs-you', 'gateway-password-mismatch', 'browser', 'new-setup-code', 1),
    play: (stage) => stage.pasteWithSecret(stage.gateway.url, 'wrong horse battery'),
  },
];

const SHIFT_MS = 20 * 60_000;

/** The environment of a gateway whose clock is wrong by so much. */
const wrongClock = (shiftMs: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import ${new URL('../../harness/gateway/clock-shift.mjs', import.meta.url)}`,
  CLOCK_SHIFT_MS: String(shiftMs),
});

const clockFault = (name: string, code: 'clock-ahead' | 'clock-behind'): Fault => ({
  name,
  how: `the gateway’s clock is 20 minutes ${code === 'clock-ahead' ? 'ahead' : 'behind'}; signatures hold all the same`,
  expected: { ...WELL, diagnosis: code, location: 'unknown', remedy: 'check-clock' },
  play: async (stage) => void (await stage.paired()),
});

const EXPIRED: Fault = {
  name: 'setup-code-expired',
  how: 'a setup code of ten minutes, by the clock of a gateway for which they are over',
  expected: told('needs-you', 'setup-code-expired', 'browser', 'new-setup-code'),
  play: async (stage) => stage.paste(await stage.gateway.printedSetupCode()),
};

const ORIGIN: Fault = {
  name: 'origin-not-allowed',
  how: 'a version that admits extensions only by a list of origins; ours is not in it',
  expected: told('needs-you', 'origin-not-allowed', 'gateway', 'allow-origin'),
  play: (stage) => stage.paste(`${stage.gateway.url}#${stage.gateway.token}`),
};

/** The only way into versions that cannot match an extension's origin. */
const admitEverybody = (config: Record<string, any>): void => {
  config.gateway.controlUi = { allowedOrigins: ['*'] };
};

const NO_RELAY: Fault = {
  name: 'relay-not-in-version',
  how: 'a version from the years without a relay',
  expected: { ...WELL, relay: 'relay-not-in-version' },
  async play(stage) {
    const { gateway } = stage;
    await gateway.stop('SIGKILL');
    await gateway.configure(admitEverybody);
    await gateway.start();
    await gateway.ready();
    await stage.paired();
  },
};

const FIRST_NEW_RELAY: Fault = {
  name: 'relay-first-new',
  how: 'a version whose relay a socket with its key would disturb: looked at by HTTP alone',
  expected: { ...WELL, relay: 'relay-asleep' },
  play: async (stage) => void (await stage.paired()),
};

const LEGACY_RELAY: Fault = {
  name: 'relay-legacy',
  how: 'a version with the first relay, which has a page for everybody; no official extension',
  expected: { ...WELL, relay: 'relay-not-attached' },
  play: async (stage) => void (await stage.paired()),
};

const RELAY_FOR_GATEWAY: Fault = {
  name: 'relay-port-for-gateway',
  how: 'the port of the first relay, given as that of the gateway',
  expected: told('reconnecting', 'handshake-failed', 'unknown', 'gateway-status'),
  play: (stage) => stage.paste(`ws://127.0.0.1:${stage.gateway.port + 3}#${stage.gateway.token}`),
};

const NO_IDENTITY: Fault = {
  name: 'beside-the-proxy',
  how: 'a gateway that knows its users by a proxy, reached beside it',
  expected: told('needs-you', 'proxy-user-missing', 'between', 'show-proxy-auth', 1),
  play: (stage) => stage.pasteWithoutSecret(stage.gateway.url),
};

const UPDATED: Fault = {
  name: 'gateway-updated',
  how: 'the state directory of 2026.8.1, started by 2026.9.6 while we wait',
  expected: WELL,
  async play(stage) {
    const { gateway: old, page } = stage;
    await stage.paired();
    await installOpenClaw(OPENCLAW_VERSION);
    const updated = new Gateway(OPENCLAW_VERSION, old.port, old.token, old.home);
    stage.atEnd(() => updated.stop('SIGKILL'));
    await old.stop('SIGTERM');
    await waitForStatus(page, 'starting');
    await updated.start();
    await waitForStatus(page, 'healthy', 60_000);
    await page.getByText(OPENCLAW_VERSION).first().waitFor();
  },
};

export const OTHERS: readonly Scene[] = [
  {
    name: 'a password',
    gateway: { auth: { mode: 'password', password: PASSWORD } },
    faults: PASSWORDS,
  },
  {
    name: 'an identity proxy',
    gateway: {
      auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', allowLoopback: true } },
    },
    configure: (config) => {
      config.gateway.trustedProxies = ['127.0.0.1'];
    },
    admitsNobody: true,
    faults: [NO_IDENTITY],
  },
  {
    name: 'a clock that is ahead',
    gateway: {},
    env: wrongClock(SHIFT_MS),
    faults: [clockFault('clock-ahead', 'clock-ahead'), EXPIRED],
  },
  {
    name: 'a clock that is behind',
    gateway: {},
    env: wrongClock(-SHIFT_MS),
    faults: [clockFault('clock-behind', 'clock-behind')],
  },
  { name: '2026.5.28', gateway: { version: '2026.5.28' }, faults: [ORIGIN, NO_RELAY] },
  {
    name: '2026.7.1',
    gateway: { version: '2026.7.1' },
    configure: admitEverybody,
    faults: [FIRST_NEW_RELAY],
  },
  {
    name: '2026.3.13',
    gateway: { version: '2026.3.13' },
    configure: admitEverybody,
    faults: [LEGACY_RELAY, RELAY_FOR_GATEWAY],
  },
  { name: '2026.8.1', gateway: { version: '2026.8.1' }, faults: [UPDATED] },
];

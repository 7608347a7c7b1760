/** What happens to a gateway and its pairing in each scenario. Each returns what the user saw. */

import { readFile } from 'node:fs/promises';
import { pair, status, waitForStatus } from '../../harness/browser/popup-page.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { follow, nextLasting, type User } from './user.ts';
import type { Scenario } from './versions.ts';

const isWell = (state: string): boolean => state === 'healthy' || state === 'healed';

const link = ({ url, token }: Pick<Gateway, 'url' | 'token'>): string => `${url}#${token}`;

/** Our device as the gateway lists it, or `null` if it has none. */
async function device(gateway: Gateway): Promise<string | null> {
  const { paired } = await gateway.devices();
  const ours = paired.filter(
    ({ clientId }) => clientId === 'openclaw-browser-copilot' || clientId === 'gateway-client',
  );
  return ours.at(-1)?.deviceId ?? null;
}

/** Old gateways leave the socket of a refused device open: the staleness shows at the next connect. */
async function reconnected({ page }: User): Promise<void> {
  const { status: code } = await status(page);
  if (code !== 'healthy') return;
  await page.getByRole('button', { name: /^pause/i }).click();
  await waitForStatus(page, 'paused');
  await page
    .getByRole('button', { name: /resume/i })
    .first()
    .click();
}

/** The note of an earlier repair must not be taken for that of the next. */
export async function withoutNote({ page }: User): Promise<void> {
  if ((await status(page)).status !== 'healed') return;
  await page.getByRole('button', { name: /^dismiss/i }).click();
  await waitForStatus(page, 'healthy');
}

async function spoiled(user: User, ...command: string[]): Promise<string> {
  const { gateway, page } = user;
  const id = await device(gateway);
  if (id === null) return 'no device';
  const words = command.map((word) => (word === '<id>' ? id : word));
  const refusal = await gateway.cli('devices', ...words).then(
    () => null,
    (error) => String(error),
  );
  // The command line of 2026.5.28 to 2026.8.1 refuses every rotation; a client of the owner's may do it.
  if (refusal?.includes('rotation denied')) await gateway.rotate(id);
  else if (refusal !== null) throw new Error(refusal);
  // The close of a live socket arrives with the command's own answer.
  await page.waitForTimeout(500);
  await reconnected(user);
  return follow(user, (state) => state === 'healthy');
}

export const PLAY: Readonly<Record<Exclude<Scenario, 'wrong secret'>, (user: User) => Promise<string>>> = {
  async pair(user) {
    await pair(user.page, link(user.gateway));
    return follow(user);
  },

  async restart(user) {
    await user.gateway.stop('SIGKILL');
    await user.page.waitForFunction(() => document.documentElement.dataset.status !== 'healthy');
    await user.gateway.start();
    return follow(user);
  },

  async 'other gateway'(user) {
    const { gateway, page } = user;
    await gateway.stop('SIGTERM');
    const { version, port, configFile } = gateway;
    const { controlUi } = JSON.parse(await readFile(configFile, 'utf8')).gateway;
    const other = await createGateway({ version, port });
    try {
      // It admits extensions as ours does, so that it comes to judge the credential.
      await other.configure((config) => {
        if (controlUi) config.gateway.controlUi = controlUi;
      });
      await other.start();
      const seen = await nextLasting(page, isWell);
      await other.stop('SIGTERM');
      await gateway.start();
      return `${seen} > ${await follow(user, (state) => state === seen)}`;
    } finally {
      await other.remove();
    }
  },

  rotated: (user) => spoiled(user, 'rotate', '--device', '<id>', '--role', 'operator'),

  removed: (user) => spoiled(user, 'remove', '<id>'),

  async 'secret changed'(user) {
    const { gateway, page } = user;
    const secret = 'another-secret-of-this-gateway';
    await gateway.stop('SIGTERM');
    await gateway.configure((config) => {
      config.gateway.auth.token = secret;
    });
    await page.waitForFunction(
      () => !['healthy', 'healed'].includes(document.documentElement.dataset.status ?? ''),
    );
    await gateway.start();
    const seen = await follow(user);
    if (!seen.startsWith('needs-you')) return seen;
    await pair(page, secret);
    return `${seen} > ${await follow(user, (state) => state.startsWith('needs-you'))}`;
  },
};

/** A user who never saw this gateway pastes a wrong secret. */
export async function wrongSecret(user: User): Promise<string> {
  await pair(user.page, link({ url: user.gateway.url, token: 'not-the-secret-of-this-gateway' }));
  return follow(user);
}

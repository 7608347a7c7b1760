/** Faults of pairing and credentials: what the owner of a running gateway does to our record, or we to our secret. */

import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { connectOnce } from '../../harness/gateway/client.ts';
import { COPILOT, newIdentity } from '../../harness/gateway/identity.ts';
import { editPairedDevice } from '../../harness/gateway/pairing-store.ts';
import { provokeRateLimit } from '../../harness/gateway/rate-limit.ts';
import { type Fault, told, WELL } from './fault.ts';
import type { Stage } from './stage.ts';

/** The device token of this browser no longer opens the gateway. */
const rotate = (stage: Stage, deviceId: string): Promise<unknown> =>
  stage.asOwner((owner) => owner.ask('device.token.rotate', { deviceId, role: 'operator' }));

/** Lets the extension read its record anew, which a live socket does not. */
async function reconnect(stage: Stage): Promise<void> {
  await stage.press(/^pause/i);
  await waitForStatus(stage.page, 'paused');
  await stage.press(/resume/i);
}

export const PAIRING: readonly Fault[] = [
  {
    name: 'approval-pending',
    how: 'a first connect with the right secret; nobody approves',
    expected: told('approval', 'not-paired', 'gateway', 'approve'),
    play: async (stage) => void (await stage.ask()),
  },
  {
    name: 'approval-rejected',
    how: 'the owner rejects the request',
    expected: told('approval', 'not-paired', 'gateway', 'approve'),
    async play(stage) {
      const deviceId = await stage.ask();
      const command = (): Promise<string> => stage.page.getByTestId('remedy-command').innerText();
      const before = await command();
      await stage.asOwner(async (owner) => {
        const { pending } = await owner.ask('device.pair.list');
        const { requestId } = pending.find((each: { deviceId: string }) => each.deviceId === deviceId);
        await owner.ask('device.pair.reject', { requestId });
      });
      // The gateway tells nobody; the next look makes a new request, and the card names that one.
      await stage.page.reload();
      await stage.page.waitForFunction(
        (old) => {
          const shown = document.querySelector('[data-testid=remedy-command]')?.textContent?.trim();
          return shown !== undefined && shown !== old;
        },
        before.trim(),
        { timeout: 15_000 },
      );
    },
  },
  {
    name: 'token-rotated',
    how: 'devices rotate, secret not remembered',
    expected: told('needs-you', 'device-token-mismatch', 'browser', 'new-setup-code', 1),
    async play(stage) {
      await rotate(stage, await stage.paired());
    },
  },
  {
    name: 'token-rotated-healed',
    how: 'devices rotate, secret remembered',
    expected: { ...WELL, status: 'healed', spent: 1 },
    async play(stage) {
      await rotate(stage, await stage.paired({ isRemembered: true }));
      await waitForStatus(stage.page, 'healed');
    },
  },
  {
    name: 'token-revoked',
    how: 'devices revoke, secret remembered',
    expected: told('approval', 'role-upgrade', 'gateway', 'approve', 1),
    async play(stage) {
      const deviceId = await stage.paired({ isRemembered: true });
      await stage.asOwner((owner) => owner.ask('device.token.revoke', { deviceId, role: 'operator' }));
    },
  },
  {
    name: 'device-removed',
    how: 'devices remove, secret remembered',
    expected: told('approval', 'not-paired', 'gateway', 'approve', 1),
    async play(stage) {
      const deviceId = await stage.paired({ isRemembered: true });
      await stage.asOwner((owner) => owner.ask('device.pair.remove', { deviceId }));
    },
  },
  {
    name: 'pairing-list-cleared',
    how: 'devices clear, secret not remembered',
    expected: told('needs-you', 'device-token-mismatch', 'browser', 'new-setup-code', 1),
    async play(stage) {
      await stage.paired();
      await stage.gateway.cli('devices', 'clear', '--yes');
    },
  },
  {
    name: 'wrong-secret',
    how: 'a wrong gateway secret is pasted',
    expected: told('needs-you', 'gateway-secret-mismatch', 'browser', 'new-setup-code', 1),
    play: (stage) => stage.paste(`${stage.gateway.url}#not-the-secret-of-this-gateway`),
  },
  {
    name: 'secret-changed',
    how: 'gateway.auth.token is edited while we are connected; the old secret is remembered',
    expected: told('needs-you', 'gateway-secret-mismatch', 'browser', 'show-secret', 2),
    async play(stage) {
      const { gateway } = stage;
      const useToken = (token: string): Promise<void> =>
        gateway.configure((config) => {
          config.gateway.auth.token = token;
        });
      await stage.paired({ isRemembered: true });
      stage.atEnd(() => useToken(gateway.token));
      await useToken('another-secret-of-this-gateway');
    },
  },
  {
    name: 'secret-missing',
    how: 'an address alone, tried without a secret',
    expected: told('needs-you', 'gateway-secret-missing', 'browser', 'new-setup-code', 1),
    play: (stage) => stage.pasteWithoutSecret(stage.gateway.url),
  },
  {
    name: 'setup-code-of-another',
    how: 'a setup code that another device used first',
    expected: told('needs-you', 'setup-code-rejected', 'browser', 'new-setup-code', 1),
    async play(stage) {
      const code = await stage.gateway.setupCode();
      const { bootstrapToken: secret } = JSON.parse(Buffer.from(code, 'base64url').toString());
      const credential = { field: 'bootstrapToken', value: 'setup code', secret } as const;
      await connectOnce(stage.gateway.url, { profile: COPILOT, identity: newIdentity(), credential });
      await stage.paste(code);
    },
  },
  {
    name: 'scopes-narrowed',
    how: 'the scopes of our token in the pairing store are emptied',
    expected: told('needs-you', 'scope-mismatch', 'gateway', 'new-setup-code', 1),
    async play(stage) {
      const deviceId = await stage.paired();
      editPairedDevice(stage.gateway, deviceId, ({ tokens_json }) => {
        const tokens = JSON.parse(tokens_json);
        tokens.operator.scopes = [];
        return { tokens_json: JSON.stringify(tokens) };
      });
      await reconnect(stage);
    },
  },
  {
    name: 'scopes-unapproved',
    how: 'our record and token in the pairing store lose their scopes; secret remembered',
    expected: told('approval', 'scope-upgrade', 'gateway', 'approve', 0),
    async play(stage) {
      const deviceId = await stage.ask({ isRemembered: true });
      await stage.asOwner((owner) => owner.approve(deviceId));
      const none = { scopes_json: '[]', approved_scopes_json: '[]' };
      editPairedDevice(stage.gateway, deviceId, () => none);
      await stage.page.reload();
    },
  },
  {
    name: 'platform-changed',
    how: 'the pairing store says that we were paired on another platform',
    expected: told('approval', 'metadata-upgrade', 'gateway', 'approve'),
    async play(stage) {
      const deviceId = await stage.paired();
      editPairedDevice(stage.gateway, deviceId, () => ({ platform: 'another-platform' }));
      await reconnect(stage);
    },
  },
  {
    name: 'identity-conflict',
    how: 'the pairing store says that our key was paired by another client',
    expected: told('needs-you', 'identity-conflict', 'browser', 'forget-here'),
    async play(stage) {
      const deviceId = await stage.paired();
      editPairedDevice(stage.gateway, deviceId, () => ({ client_id: 'gateway-client' }));
      await reconnect(stage);
    },
  },
  {
    name: 'paired-again',
    how: 'rotated, then a fresh setup code is pasted and nothing else done',
    expected: { ...WELL, spent: 1 },
    async play(stage) {
      await rotate(stage, await stage.paired());
      await waitForStatus(stage.page, 'needs-you');
      await stage.paste(await stage.gateway.setupCode());
      await waitForStatus(stage.page, 'healthy');
    },
  },
];

/** Locks every extension out for five minutes: the last on its gateway, or before a restart. */
export const RATE_LIMITED: Fault = {
  name: 'locked-out',
  how: 'another extension sends wrong secrets until the gateway locks all of them out',
  expected: told('limited', 'rate-limited', 'gateway', 'wait', 1),
  async play(stage) {
    await stage.paired();
    await stage.press(/^pause/i);
    await waitForStatus(stage.page, 'paused');
    await provokeRateLimit(stage.gateway.url);
    await stage.press(/resume/i);
  },
};

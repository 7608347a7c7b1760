/** The short version of `npm run test:commands`: no card recommends what the command line does not have. */
import { readFile } from 'node:fs/promises';
import { installOpenClaw, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import { answersIn, elsewhere, requestFrom } from '../../labs/commands/approver.ts';
import { CommandLineHelp, missingCommands } from '../../labs/commands/command-check.ts';
import { remediesForApprover } from '../../src/remedy/approver.ts';
import { anyOriginCommand, remediesFor } from '../../src/remedy/what-helps.ts';
import { factsOf } from '../fixtures/remedy-facts.ts';
import { expect, LAB, test } from './fixtures.ts';

for (const version of [OPENCLAW_VERSION, '2026.5.28']) {
  test(`${version} has every command that we show for it`, LAB, async () => {
    await installOpenClaw(version, console.log);
    await CommandLineHelp.of(version, async (help) => {
      expect(await missingCommands(version, help)).toEqual([]);
      // Asked for what does not exist, it answers with something else: so the line above can fail.
      expect(await help.pageOf('devices rotate-token')).toBeNull();
    });
  });

  test(
    `${version} adds an origin to its list, be there one or not, and keeps what is in it`,
    LAB,
    async ({ makeGateway }) => {
      const gateway = await makeGateway({ version, started: false });
      const facts = factsOf({ serverVersion: version });
      const [allow] = remediesFor('origin-not-allowed', facts);
      await gateway.shell(allow?.command ?? '');
      await gateway.shell(anyOriginCommand('linux'));
      const config = JSON.parse(await readFile(gateway.configFile, 'utf8'));
      expect(config.gateway.controlUi.allowedOrigins).toEqual([facts.origin, '*']);
    },
  );

  test(
    `${version}: what a command line elsewhere may not do, the command beside the gateway does`,
    LAB,
    async ({ makeGateway }) => {
      const gateway = await makeGateway({ version, started: false });
      await gateway.configure((config) => {
        config.gateway.trustedProxies = ['127.0.0.1'];
      });
      await gateway.start();
      await gateway.ready({ limitMs: 180_000 });
      const proxy = await startRemoteProxy(gateway.port);
      try {
        const requestId = await requestFrom(proxy.url, gateway);
        const facts = factsOf({ serverVersion: version, requestId });
        const [shown] = remediesFor('not-paired', facts);
        const remote = { mode: 'remote', remote: { url: proxy.url, token: gateway.token } };
        const said = await elsewhere(gateway, 'remote', remote, shown?.command ?? '');
        expect(answersIn(said), said).not.toEqual([]);
        const nobody = { mode: 'remote', remote: { url: 'ws://127.0.0.1:9', token: gateway.token } };
        const silence = await elsewhere(gateway, 'nobody', nobody, shown?.command ?? '');
        expect(answersIn(silence), silence).toEqual(['abnormal-closure']);

        const [beside] = remediesForApprover('pairing-required', facts);
        expect(await gateway.shell(beside?.command ?? '')).toMatch(/Approved/);
        // Also when its own token has gone stale meanwhile.
        for (const { deviceId, clientId } of (await gateway.devices()).paired) {
          if (clientId === 'cli') await gateway.rotate(deviceId);
        }
        const later = factsOf({ serverVersion: version, requestId: await requestFrom(proxy.url, gateway) });
        const [again] = remediesForApprover('device-token', later);
        expect(await gateway.shell(again?.command ?? '')).toMatch(/Approved/);
      } finally {
        await proxy.close();
      }
    },
  );
}

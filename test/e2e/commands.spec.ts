/** The short version of `npm run test:commands`: no card recommends what the command line does not have. */
import { readFile } from 'node:fs/promises';
import { installOpenClaw, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { CommandLineHelp, missingCommands } from '../../labs/commands/command-check.ts';
import { anyOriginCommand, remediesFor } from '../../src/remedy/remedies.ts';
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
}

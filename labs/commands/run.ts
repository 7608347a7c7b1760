/**
 * Every command that a card may show, against the command line of every gateway generation: `npm run test:commands
 * [-- version …]`. Fails if one does not exist where it would be shown. Installs what is missing, a version at a time.
 */

import { installOpenClaw } from '../../harness/gateway/openclaw-install.ts';
import { VERSIONS } from '../../scripts/capture/versions.ts';
import { CommandLineHelp, missingCommands, NO_COMMANDS } from './command-check.ts';

const wanted = process.argv.slice(2);
const versions = wanted.length > 0 ? wanted : VERSIONS;
let failures = 0;
for (const version of versions) {
  await installOpenClaw(version, console.log);
  const problems = await CommandLineHelp.of(version, async (help) => {
    const missing = await missingCommands(version, help);
    for (const verb of NO_COMMANDS) {
      if ((await help.pageOf(verb)) !== null) missing.push(`exists after all: openclaw ${verb}`);
    }
    return missing;
  });
  failures += problems.length;
  console.log(`${version.padEnd(10)} ${problems.length === 0 ? 'ok' : problems.join('; ')}`);
}
console.log(`${versions.length} versions, ${failures} failures`);
process.exitCode = failures === 0 && versions.length > 0 ? 0 : 1;

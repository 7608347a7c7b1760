/**
 * Captures what real clients print when they are refused, into `test/fixtures/errors/<version>/<situation>.txt`:
 * `npm run capture:errors [-- version…]`. A command line with a home of its own comes through a proxy, as from
 * another computer; a dashboard tab runs in the Chromium of the tests; the gateway's own log tells its side. Placeholders
 * stand for secrets, ids and whatever else is of this computer.
 */
import { installOpenClaw } from '../harness/gateway/openclaw.ts';
import { enterPrivateNetwork } from '../harness/process/private-network.ts';
import { ERROR_VERSIONS, ErrorLab } from './capture/errors.ts';

const wanted = process.argv.slice(2);
const versions = wanted.length > 0 ? wanted : ERROR_VERSIONS;
for (const version of versions) await installOpenClaw(version, console.log);
enterPrivateNetwork();

let failed = 0;
for (const version of versions) {
  const lab = await ErrorLab.create(version);
  try {
    console.log(`== ${version}`);
    await lab.captureOutages();
    await lab.captureRefusals();
  } catch (error) {
    failed += 1;
    console.error(`${version} ended early:`, error);
  } finally {
    await lab.remove();
  }
}
process.exitCode = failed === 0 ? 0 : 1;

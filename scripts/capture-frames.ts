/**
 * Captures what real gateways of every generation answer, into `test/fixtures/frames/<version>/`:
 * `npm run capture [-- version…]`. Each version is installed from npm on first use (about 650 MB),
 * runs on a free loopback port with a home of its own, and is removed. One at a time; minutes each.
 *
 * A second run gives the same files, or shows what a new version changed.
 */
import { captureVersion } from './capture/version.ts';
import { VERSIONS } from './capture/versions.ts';

const wanted = process.argv.slice(2);
let failed = 0;
for (const version of wanted.length > 0 ? wanted : VERSIONS) {
  try {
    await captureVersion(version);
  } catch (error) {
    failed += 1;
    console.error(`${version} ended early:`, error);
  }
}
process.exitCode = failed === 0 ? 0 : 1;

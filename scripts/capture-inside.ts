/**
 * Captures what real gateways say of their inside, into `test/fixtures/inside/<version>/<condition>.json`:
 * `npm run capture:inside [-- version… --only condition…]`, by a client that may only read. A gateway as it comes out of
 * the box first, then each condition that this version can be brought into. Placeholders stand for secrets, ids, paths and
 * whatever else is of this computer.
 */
import { captureInside, INSIDE_VERSIONS } from './capture/inside.ts';

const args = process.argv.slice(2);
const flag = args.indexOf('--only');
const versions = flag < 0 ? args : args.slice(0, flag);
const only = flag < 0 ? null : args.slice(flag + 1);
let failed = 0;
for (const version of versions.length > 0 ? versions : INSIDE_VERSIONS) {
  failed += await captureInside(version, only);
}
process.exitCode = failed === 0 ? 0 : 1;

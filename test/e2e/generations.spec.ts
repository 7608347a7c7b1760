/** `npm run test:matrix` for a gateway of each generation but the newest, with which all other tests are made. */
import { isOpenClawInstalled } from '../../harness/gateway/openclaw.ts';
import { play } from '../../labs/matrix/play.ts';
import { EXPECTED } from '../../labs/matrix/versions.ts';
import { expect, LAB, test } from './fixtures.ts';

/** Every extension is taken; none can be; by a list of origins; the first that knows ours. */
const VERSIONS = ['2026.2.21', '2026.5.28', '2026.7.33', '2026.8.1'];

for (const version of VERSIONS) {
  test(`${version}: paired, restarted, rotated, removed, and with other secrets`, LAB, async () => {
    test.skip(!isOpenClawInstalled(), 'there is no real gateway here');
    const expected = EXPECTED.find((row) => row.version === version)!;
    expect(await play(expected)).toEqual(expected.cells);
  });
}

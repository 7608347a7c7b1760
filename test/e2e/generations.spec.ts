/** The short version of `npm run test:matrix`: one gateway of the years in which no extension could be admitted. */
import { PLAY } from '../../labs/matrix/scenarios.ts';
import { EXPECTED } from '../../labs/matrix/versions.ts';
import { expect, test } from './fixtures.ts';

const VERSION = '2026.5.28';

test(`${VERSION}: not admitted, helped, paired, restarted, removed`, async ({ ext, makeGateway }) => {
  // Installing this version into the cache takes a minute or two, once.
  test.setTimeout(600_000);
  const expected = EXPECTED.find(({ version }) => version === VERSION)!;
  const gateway = await makeGateway({ version: VERSION });
  const user = { ext, page: await ext.openPopupInTab(), gateway, admission: expected.admission };
  for (const scenario of ['pair', 'restart', 'removed'] as const) {
    expect(await PLAY[scenario](user)).toBe(expected.cells[scenario]);
  }
});

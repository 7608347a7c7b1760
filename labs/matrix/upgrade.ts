/**
 * A gateway updated in place: the state directory of 2026.2.21, started by 2026.9.6. `npm run test:upgrade`.
 * The pairing of the old identity is refused by its origin, so the extension changes to the identity that the new
 * version has for it, and only the approval of that is left to the user.
 */
import { launchExtension } from '../../harness/browser/browser.ts';
import { pair } from '../../harness/browser/popup-page.ts';
import { createGateway, Gateway, installOpenClaw, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { follow } from './user.ts';

const OLD = '2026.2.21';

await installOpenClaw(OPENCLAW_VERSION, console.log);
const old = await createGateway({ version: OLD });
const updated = new Gateway(OPENCLAW_VERSION, old.port, old.token, old.home);
const ext = await launchExtension({ extensionPath: BUILD });
try {
  const page = await ext.openPopupInTab();
  await old.start();
  await old.ready();
  await pair(page, `${old.url}#${old.token}`);
  const before = await follow({ ext, page, gateway: old, admission: 'open' });
  console.log(`${OLD}: ${before}`);

  await old.stop('SIGTERM');
  await page.waitForFunction(() => document.documentElement.dataset.status !== 'healthy');
  // What the new version's own instructions ask for before it starts on so old a state directory.
  await updated.cli('doctor', '--fix', '--non-interactive');
  await updated.start();
  const after = await follow({ ext, page, gateway: updated, admission: 'copilot' });
  const version = await page.getByText(OPENCLAW_VERSION).first().isVisible();
  console.log(`${OPENCLAW_VERSION}: ${after}${version ? ', and the popup names the new version' : ''}`);
  const passed = before === 'healthy' && after === 'approval:not-paired > healthy' && version;
  console.log(`\n${passed ? '1 passed, 0 failed' : '0 passed, 1 failed'}, 0 skipped`);
  process.exitCode = passed ? 0 : 1;
} finally {
  await ext.close();
  await updated.stop('SIGKILL');
  await old.remove();
}

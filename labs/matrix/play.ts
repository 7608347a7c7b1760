/** Plays every scenario with one gateway version. */
import { launchExtension } from '../../harness/browser/browser.ts';
import { createGateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { PLAY, withoutNote, wrongSecret } from './scenarios.ts';
import type { User } from './user.ts';
import { type Expected, SCENARIOS, type Scenario } from './versions.ts';

export type Cells = Partial<Record<Scenario, string>>;

export const firstLine = (error: unknown): string =>
  String((error as Error).message ?? error).split('\n')[0] ?? '';

/** Runs something with a fresh browser, and reports the browser's errors as a failure. */
async function withUser(
  gateway: User['gateway'],
  admission: Expected['admission'],
  act: (user: User) => Promise<void>,
): Promise<void> {
  const ext = await launchExtension({ extensionPath: BUILD });
  try {
    const page = await ext.openPopupInTab();
    await act({ ext, page, gateway, admission });
    if (ext.errors.length > 0) throw new Error(`the extension reported: ${ext.errors[0]}`);
  } finally {
    await ext.close();
  }
}

/** What a user saw in each scenario, or why it could not be played. Never rejects. */
export async function play({ version, admission }: Expected): Promise<Cells> {
  const cells: Cells = {};
  const note = async (scenario: Scenario, act: () => Promise<string>): Promise<void> => {
    const started = Date.now();
    cells[scenario] = await act().catch((error) => `failed: ${firstLine(error)}`);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`${version}  ${scenario.padEnd(15)} ${seconds.padStart(4)} s  ${cells[scenario]}`);
  };
  const gateway = await createGateway({ version });
  try {
    await gateway.start();
    await gateway.ready({ limitMs: 180_000 });
    await withUser(gateway, admission, async (user) => {
      for (const scenario of SCENARIOS) {
        if (scenario === 'wrong secret') continue;
        await withoutNote(user);
        await note(scenario, () => PLAY[scenario](user));
      }
    });
    await withUser(gateway, admission, (user) => note('wrong secret', () => wrongSecret(user)));
  } catch (error) {
    console.log(`${version}  ${firstLine(error)}`);
  } finally {
    await gateway.remove();
  }
  return cells;
}

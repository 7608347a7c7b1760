import { installOpenClaw } from '../../harness/gateway/openclaw-install.ts';

/**
 * Runs once before the end-to-end tests: installs the gateway before two workers want it at the same time.
 * Without network it cannot; then the tests that need a gateway are skipped, which counts as failed in CI.
 */
export default async function prepare(): Promise<void> {
  await installOpenClaw(undefined, console.log).catch((error) => {
    console.error(`OpenClaw could not be installed: ${error.message}`);
  });
}

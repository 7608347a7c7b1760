import { join } from 'node:path';
import { npm, projectNode, ROOT, run, wasInterrupted } from '../../harness/process/project.mjs';
import { setup } from '../setup.mjs';

const BUILD_LIMIT_MS = 5 * 60_000;

async function setUpBuildAndRun(script, args) {
  await setup();
  const build = await run(npm('run', '--silent', 'build'), { limitMs: BUILD_LIMIT_MS });
  if (wasInterrupted()) return 130;
  if (build.code !== 0) throw new Error('The build failed; the reason stands above.');
  // No limit: some last until their user has seen enough.
  const { code } = await run([projectNode(), join(ROOT, script), ...args]);
  return code;
}

/**
 * Installs what is missing, builds the extension, and runs a script in TypeScript (a path from the project's
 * root) with the project's own Node. Ends with its exit code. Needs nothing but Node 20.
 */
export async function runBuilt(script, args) {
  try {
    process.exitCode = await setUpBuildAndRun(script, args);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

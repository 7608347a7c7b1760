/**
 * `npm start`: shows the extension at work on a fresh clone. Installs what is missing and builds; the rest
 * is start.ts, which needs the project's own Node. Arguments are handed on: `npm start -- --help`.
 */
import { join } from 'node:path';
import { npm, projectNode, ROOT, run, wasInterrupted } from './lib/project.mjs';
import { setup } from './setup.mjs';

const BUILD_LIMIT_MS = 5 * 60_000;

async function start() {
  await setup();
  const build = await run(npm('run', '--silent', 'build'), { limitMs: BUILD_LIMIT_MS });
  if (wasInterrupted()) return 130;
  if (build.code !== 0) throw new Error('The build failed; the reason stands above.');
  // No limit: with a display it lasts until the user has seen enough.
  const { code } = await run([projectNode(), join(ROOT, 'scripts/start.ts'), ...process.argv.slice(2)]);
  return code;
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

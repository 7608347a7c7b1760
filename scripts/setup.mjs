/**
 * Brings a fresh clone to the point where everything else can run: dependencies and the browsers. Runs on any
 * Node from 20 on, before anything is installed. `npm run setup`, or imported by other scripts. `-- --proxies` installs what
 * some rows of `npm run test:faults` need as well.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium, ensureFirefox } from '../harness/browser/find-browser.mjs';
import { npm, ROOT, run } from '../harness/process/project.mjs';

const INSTALL_LIMIT_MS = 10 * 60_000;

/** npm writes this file last, so it exists only after a whole install, and its age is the install's. */
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');

function dependenciesAreCurrent() {
  const modified = (file) => statSync(file).mtimeMs;
  return existsSync(INSTALLED) && modified(INSTALLED) >= modified(join(ROOT, 'package-lock.json'));
}

/** Installs what is missing. Throws a sentence that says what to do when it cannot. */
export async function setup() {
  if (!dependenciesAreCurrent()) {
    console.log('Installing the dependencies: npm ci');
    const { code } = await run(npm('ci'), { limitMs: INSTALL_LIMIT_MS });
    if (code !== 0) throw new Error('The dependencies could not be installed; npm says why above.');
  }
  ensureChromium({ log: console.log });
}

/** All that the tests want. Those in Firefox are left out where there is none and none can be had. */
export async function setupForTests() {
  await setup();
  if (!ensureFirefox({ log: console.log }))
    console.log('There is no Firefox here: its tests are left out. FIREFOX_PATH may name its executable.');
}

/** The proxies of the fault lab, where this is a Debian and they may be installed. What is missing, the lab leaves out. */
async function setupProxies() {
  const packages = [
    ...['nginx-light', 'caddy', 'haproxy', 'apache2', 'stunnel4'],
    ...['openssh-client', 'openssh-server', 'libnss3-tools'],
  ];
  // None of them is to listen by itself: the lab starts its own.
  const environment = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const command = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code } = await run(command, { limitMs: INSTALL_LIMIT_MS, env: environment });
  if (code !== 0) console.log(`For the faults of proxies install: ${packages.join(' ')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setupForTests();
    if (process.argv.includes('--proxies')) await setupProxies();
    console.log('Ready.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

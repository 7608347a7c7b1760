/**
 * `npm run doctor:dev`: what this computer lacks to work on the project, and how to get it. Changes nothing; runs on
 * any Node, before anything is installed. Exit code 1 if `npm test` could not pass here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { findChromium, findFirefox } from '../harness/browser/find-browser.mjs';
import { projectNode, ROOT } from '../harness/process/project.mjs';

const GB = 1e9;
/** What a gateway takes while it runs, and what its package takes on the disk. */
const MEMORY_GB = 1.5;
const DISK_GB = 2;
const COMMAND_LIMIT_MS = 10_000;

const isWindows = process.platform === 'win32';
const OPENCLAW_VERSION = /OPENCLAW_VERSION = '([^']+)'/.exec(
  readFileSync(join(ROOT, 'harness/gateway/openclaw-install.ts'), 'utf8'),
)?.[1];

const ok = (what) => ({ state: 'ok', what });
/** What `npm test` gets by itself, or does without. */
const note = (what, help) => ({ state: 'note', what, help });
const missing = (what, help) => ({ state: 'missing', what, help });

const firstLine = (program, ...args) =>
  execFileSync(program, args, {
    timeout: COMMAND_LIMIT_MS,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: isWindows && program.endsWith('.cmd'),
  })
    .trim()
    .split('\n')[0];

function node() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const what = `Node ${process.versions.node}`;
  return major > 20 || (major === 20 && minor >= 19)
    ? ok(what)
    : missing(what, 'Node 20.19 or newer is needed: https://nodejs.org');
}

function dependencies() {
  const installed = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(installed))
    return note('dependencies are not installed yet', 'npm run setup installs them');
  const isOld = statSync(installed).mtimeMs < statSync(join(ROOT, 'package-lock.json')).mtimeMs;
  return isOld
    ? note('dependencies are older than the lock', 'npm run setup renews them')
    : ok('dependencies');
}

/** Vitest and OpenClaw need it; it comes with the dependencies where npm has it for this system. */
function node24() {
  const path = projectNode();
  const what = `${firstLine(path, '--version')} for tests and gateways`;
  if (Number(/^v(\d+)/.exec(what)?.[1]) >= 24) return ok(what);
  return existsSync(join(ROOT, 'node_modules'))
    ? missing(what, 'Node 24 is needed; npm has none for this system, so run npm with a Node 24 of your own')
    : note(what, 'npm run setup brings a Node 24, where npm has one for this system');
}

function browser(name, find, help) {
  try {
    const path = find();
    if (!path) return note(`no ${name} was found`, help);
    // On Windows a browser does not print its version, it opens.
    return ok(isWindows ? `${name} at ${path}` : firstLine(path, '--version'));
  } catch (error) {
    return missing(name, error.message);
  }
}

const gateway = () =>
  existsSync(join(ROOT, '.cache/openclaw', OPENCLAW_VERSION, 'node_modules/openclaw'))
    ? ok(`OpenClaw ${OPENCLAW_VERSION} in .cache/openclaw`)
    : note(
        `OpenClaw ${OPENCLAW_VERSION} is not in the cache yet`,
        'npm test gets it from npm (650 MB, once)',
      );

async function disk() {
  const { bavail, bsize } = await statfs(ROOT);
  const free = (bavail * bsize) / GB;
  const what = `${free.toFixed(0)} GB free on the disk`;
  return free >= DISK_GB ? ok(what) : missing(what, `${DISK_GB} GB are needed for OpenClaw and the browsers`);
}

function memory() {
  // Elsewhere the system counts what it could give back at once as taken.
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(
    process.platform === 'linux' ? readFileSync('/proc/meminfo', 'utf8') : '',
  )?.[1];
  const free = available ? (Number(available) * 1024) / GB : freemem() / GB;
  const what = `${free.toFixed(1)} GB of memory free`;
  return free >= MEMORY_GB || !available
    ? ok(what)
    : note(what, `a gateway and a browser want ${MEMORY_GB} GB; run npm test with less beside it`);
}

function loopback() {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) =>
      done(missing('servers on this computer', `a port of 127.0.0.1 could not be opened: ${error.code}`)),
    );
    server.listen(0, '127.0.0.1', () => server.close(() => done(ok('servers on this computer'))));
  });
}

function lock() {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  return text.includes('"resolved":')
    ? missing(
        'package-lock.json names a registry',
        'npm config set omit-lockfile-registry-resolved true; npm install',
      )
    : ok('package-lock.json names no registry');
}

const MARK = { ok: 'ok  ', note: 'note', missing: 'NO  ' };
const CHECKS = [
  node,
  dependencies,
  node24,
  () => browser('Chromium', findChromium, 'npm run setup gets one, or set CHROMIUM_PATH'),
  () =>
    browser(
      'Firefox',
      findFirefox,
      'on Debian, npm run setup gets one as root; or set FIREFOX_PATH. Its tests are skipped',
    ),
  gateway,
  disk,
  memory,
  loopback,
  lock,
];
let isReady = true;
for (const check of CHECKS) {
  const { state, what, help } = await check();
  isReady &&= state !== 'missing';
  console.log(`${MARK[state]}  ${what}${help ? `\n      ${help}` : ''}`);
}
console.log(isReady ? '\nReady: npm test' : '\nNot ready: see NO above.');
process.exitCode = isReady ? 0 : 1;

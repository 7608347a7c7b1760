/**
 * What each entry of the build weighs after gzip, with all it loads, against its budget. Part of
 * `npm run build`, which fails when a budget is broken.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../dist/chromium');

/** Kilobytes (1,000 bytes) after gzip. */
const BUDGETS = { worker: 62, popup: 28, doctor: 48, history: 26, options: 44, others: 35 };

/** Every script and style sheet that a file loads at once, itself included. Dynamic imports are loaded later. */
function closure(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const references = file.endsWith('.html')
    ? [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)]
    : file.endsWith('.js')
      ? [...text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?["']([^"']+\.js)["']/g)]
      : [];
  for (const [, reference] of references) {
    closure(reference.startsWith('/') ? join(DIST, reference) : resolve(dirname(file), reference), seen);
  }
  return seen;
}

const manifest = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8'));
const entries = {
  worker: manifest.background.service_worker,
  popup: manifest.action.default_popup,
  doctor: 'src/pages/doctor/index.html',
  history: 'src/pages/history/index.html',
  options: 'src/pages/options/index.html',
  others: 'src/pages/others/index.html',
};
let isOver = false;
for (const [name, entry] of Object.entries(entries)) {
  const files = [...closure(join(DIST, entry))];
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  const size = bytes / 1000;
  const verdict = size <= BUDGETS[name] ? 'ok' : 'OVER BUDGET';
  isOver ||= size > BUDGETS[name];
  console.log(
    `${name.padEnd(8)} ${size.toFixed(1).padStart(6)} kB gzip of ${BUDGETS[name]} (${files.length} files)  ${verdict}`,
  );
}
process.exitCode = isOver ? 1 : 0;

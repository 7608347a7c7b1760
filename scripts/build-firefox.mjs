/**
 * The build for Firefox: the very files of the one for Chromium, with a manifest derived from its. Part of
 * `npm run build`; by hand also `node scripts/build-firefox.mjs <from> <to>`.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/process/project.mjs';
import { firefoxManifest } from './lib/firefox-manifest.mjs';

const [from = join(ROOT, 'dist/chromium'), to = join(ROOT, 'dist/firefox')] = process.argv.slice(2);
const manifest = firefoxManifest(JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')));
rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
writeFileSync(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

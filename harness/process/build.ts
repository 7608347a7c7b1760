import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** The unpacked build that scripts, benches and tests load; EXTENSION_PATH names another one. */
export const BUILD = resolve(process.env.EXTENSION_PATH ?? resolve(ROOT, 'dist/chromium'));

/** The same for Firefox; FIREFOX_EXTENSION_PATH names another one. */
export const FIREFOX_BUILD = resolve(process.env.FIREFOX_EXTENSION_PATH ?? resolve(ROOT, 'dist/firefox'));

/**
 * Builds the gallery: every page of the extension as it is, in front of a browser that plays. Never part of the
 * extension.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { build, type Plugin } from 'vite';
import { ROOT } from '../../harness/process/build.ts';
import { PAGE_NAMES, pathOf } from './scenes/all.ts';

export const GALLERY = resolve(ROOT, '.cache/gallery');
export const INDEX = 'labs/gallery/index.html';

/** What stands in for modules that need a real browser. */
const STAND_INS: readonly (readonly [real: RegExp, standIn: string])[] = [
  [/\/api\.ts$/, 'page-browser.ts'],
  [/\/doctor-probes\.ts$/, 'doctor-probes.ts'],
  [/\/local-gateway\.ts$/, 'local-gateway.ts'],
  [/\/look-inside\.ts$/, 'look-inside.ts'],
];

const standIns: Plugin = {
  name: 'stand-ins',
  enforce: 'pre',
  resolveId(source) {
    const [, standIn] = STAND_INS.find(([real]) => real.test(source)) ?? [];
    return standIn && resolve(import.meta.dirname, standIn);
  },
};

/** One bundle for each page, so that nothing of it comes later: a frame is painted at once and always alike. */
export async function buildGallery(outDir = GALLERY): Promise<void> {
  const pages = PAGE_NAMES.map(pathOf).filter((path) => existsSync(resolve(ROOT, path)));
  for (const [index, input] of [INDEX, ...pages].entries()) {
    await build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      plugins: [standIns, preact()],
      define: { GALLERY_PAGES: JSON.stringify(pages) },
      build: {
        target: 'chrome137',
        outDir,
        emptyOutDir: index === 0,
        copyPublicDir: index === 0,
        minify: false,
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: { input: resolve(ROOT, input), output: { codeSplitting: false } },
      },
    });
  }
}

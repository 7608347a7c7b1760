/** The gallery, built and opened once for all tests of a file. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Gallery, openGallery } from '../../labs/gallery/visit.ts';

export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
    async ({}, use) => {
      const gallery = await openGallery();
      await use(gallery);
      await gallery.close();
    },
    { scope: 'worker' },
  ],
});

/** Chrome's names of the languages that we speak. */
export const LANGUAGES = readdirSync(join(import.meta.dirname, '../../public/_locales'));

export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
export const WCAG: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** All that a change of colours can break. */
export const COLOURS: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

/** What axe complains of on a page that {@link AXE} was added to. */
export const axe = async (page: Page, options: RunOptions): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (options) => (globalThis as any).axe.run(document, options),
    // Nothing is loaded from elsewhere.
    { ...options, resultTypes: ['violations'], preload: false },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
};

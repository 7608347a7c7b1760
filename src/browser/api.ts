/**
 * The browser's extension API with promises: `browser` in Firefox, `chrome` in Chromium since Manifest V3. What
 * pages need of it is the same in both, so they do without the polyfill, a tenth of their size.
 */
import type { Browser } from 'webextension-polyfill';

const { browser, chrome } = globalThis as { browser?: Browser; chrome?: Browser };

export default (browser ?? chrome) as Browser;

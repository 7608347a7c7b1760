/**
 * The extension API as the browser has it: `browser` in Firefox, `chrome` in Chromium, both with promises. In bundles of
 * pages it stands in the place of `webextension-polyfill` (`vite.config.ts`).
 */
const { browser, chrome } = globalThis as { browser?: unknown; chrome?: unknown };

export default browser ?? chrome;

/** Which browser the tests take: never silently another one than was asked for. */
import { describe, expect, it } from 'vitest';
import { findChromium, findFirefox } from '../../harness/browser/find-browser.mjs';

describe.each([
  ['CHROMIUM_PATH', findChromium],
  ['FIREFOX_PATH', findFirefox],
])('%s', (variable, find) => {
  it('names the browser', () => {
    expect(find({ [variable]: process.execPath })).toBe(process.execPath);
  });

  it('is an error if it cannot be run', () => {
    expect(() => find({ [variable]: '/nowhere/browser' })).toThrow(
      `${variable} points to something that cannot be run: /nowhere/browser`,
    );
  });
});

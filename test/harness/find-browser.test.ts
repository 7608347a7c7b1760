/** Which browser the tests take: never silently another one than was asked for. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findChromium, findFirefox } from '../../harness/browser/find-browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'relay-health-browsers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is left of a browser without its libraries. */
function brokenBrowser(path: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\nexit 127\n');
  chmodSync(file, 0o755);
  return file;
}

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

  it.skipIf(process.platform === 'win32')('is an error if it does not start', () => {
    const path = brokenBrowser(variable);
    expect(() => find({ [variable]: path })).toThrow(`points to something that cannot be run: ${path}`);
  });
});

it.skipIf(process.platform !== 'linux')(
  'a Chromium of Playwright’s that does not start is passed over',
  () => {
    const broken = brokenBrowser('chromium-9999/chrome-linux/chrome');
    expect(findChromium({ PLAYWRIGHT_BROWSERS_PATH: folder })).not.toBe(broken);
  },
);

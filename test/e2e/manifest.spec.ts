/** What the built extension asks for, what it is made of, and that the browser holds it to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../harness/browser/extension-id.ts';
import { BUILD } from '../../harness/process/build.ts';
import { expect, test } from './fixtures.ts';
import { builtFiles } from './hostile.ts';

/** Every manifest key that there is a reason for. Not among them: content_scripts, web_accessible_resources. */
const KEYS = [
  'action',
  'background',
  'commands',
  'content_security_policy',
  'default_locale',
  'description',
  'externally_connectable',
  'icons',
  'incognito',
  'key',
  'manifest_version',
  'minimum_chrome_version',
  'name',
  'optional_host_permissions',
  'optional_permissions',
  'options_ui',
  'permissions',
  'version',
];

/**
 * Addresses that stand in the code. None is ever loaded: names of markup languages, a link, a permission of one host, and what a
 * proxy's configuration to copy says of the gateway.
 */
const KNOWN_ADDRESSES =
  /^http:\/\/www\.w3\.org\/|^https:\/\/chromewebstore\.google\.com\/detail\/|^http:\/\/127\.0\.0\.1\/\*$|^http:\/\/127\.0\.0\.1:18789\b|^https?:\/\/\$\{\w+\}\/\*$/;

const textOf = (file: string): string => readFileSync(join(BUILD, file), 'utf8');

test('the manifest asks for three permissions, no host, no page to run in, and lets nobody in', () => {
  const manifest = readManifest(BUILD);
  expect(Object.keys(manifest).sort()).toEqual(KEYS);
  expect(manifest.permissions).toEqual(['storage', 'alarms', 'contextMenus']);
  // The second one for the errors of our own requests, for one host, while diagnostics look.
  expect(manifest.optional_permissions).toEqual(['notifications', 'webRequest']);
  // Asked for one host at a time, by a click.
  expect(manifest.optional_host_permissions).toEqual(['http://*/*', 'https://*/*']);
  // Without this key every other extension may send messages; with nothing in it none may.
  expect(manifest.externally_connectable).toEqual({});
  expect(manifest.incognito).toBe('not_allowed');
  const policy = manifest.content_security_policy.extension_pages
    .split(';')
    .map((directive: string) => directive.trim());
  expect(policy.sort()).toEqual([
    "base-uri 'none'",
    // Gateways are anywhere. Without `upgrade-insecure-requests`, which would turn ws:// to wss:// in Firefox.
    "connect-src 'self' ws: wss: http: https:",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
    "trusted-types 'none'",
  ]);
});

test('the build holds no code from elsewhere and none that makes code of text', () => {
  const files = builtFiles();
  const pages = files.filter((file) => file.endsWith('.html'));
  expect(pages).toContain('src/popup/index.html');
  for (const page of pages) {
    const html = textOf(page);
    for (const [tag, attributes = '', inside = ''] of html.matchAll(/<script\b([^>]*)>([^<]*)/g)) {
      expect(attributes, `${page}: ${tag}`).toMatch(/ src="\/assets\/[\w.-]+\.js"/);
      expect(inside.trim(), `${page}: ${tag}`).toBe('');
    }
    expect(html, page).not.toMatch(/<style|<iframe|<object|<embed|<base| on\w+=| style=|https?:\/\//);
  }
  for (const file of files.filter((each) => /\.(js|css)$/.test(each))) {
    const code = textOf(file);
    expect(code, file).not.toMatch(
      /\beval\(|\bnew Function\b|\bFunction\(|\bimportScripts\(|\.innerHTML ?= ?`/,
    );
    const addresses = code.match(/\bhttps?:\/\/[\w.$-][^"'`\s)]*/g) ?? [];
    expect(
      addresses.filter((address) => !KNOWN_ADDRESSES.test(address)),
      file,
    ).toEqual([]);
  }
});

test('in our pages the browser runs no text, no foreign script, and takes no markup from text', async ({
  ext,
}) => {
  const page = await ext.open('src/pages/options/index.html');
  const done = await page.evaluate(async () => {
    const ran: string[] = [];
    const attempt = async (name: string, work: () => unknown): Promise<void> => {
      try {
        // A turn of its own: what a debugger evaluates may make code of text.
        await new Promise((next) => setTimeout(next));
        await work();
        ran.push(name);
      } catch {
        // Refused.
      }
    };
    const byElement = (set: (script: any) => void): Promise<unknown> =>
      new Promise((loaded, failed) => {
        const script = document.createElement('script');
        script.addEventListener('load', loaded);
        script.addEventListener('error', failed);
        set(script);
        document.head.append(script);
        if (!script.src)
          setTimeout(() => ('owned' in globalThis ? loaded(null) : failed(new Error('not run'))));
      });
    await attempt('new Function', () => new Function('return 1')());
    await attempt('timer', () => {
      (globalThis as any).setTimeout('globalThis.owned = 1');
      if (!('owned' in globalThis)) throw new Error('not run');
    });
    await attempt('inline script', () => byElement((script) => Object.assign(script, { text: 'owned = 1' })));
    await attempt('foreign script', () =>
      byElement((script) => Object.assign(script, { src: 'http://127.0.0.1:1/x.js' })),
    );
    await attempt('import', () => import('data:text/javascript,globalThis.owned=1' as string));
    await attempt('markup', () => {
      document.body.innerHTML = '<p>owned</p>';
    });
    await attempt('frame', () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>owned</p>';
    });
    return { ran, owned: 'owned' in globalThis };
  });
  expect(done).toEqual({ ran: [], owned: false });
  // The browser reports each refusal as an error of the page. They were wanted.
  ext.errors.length = 0;
});

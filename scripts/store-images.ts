/**
 * The stores' pictures, in `store/images`: `npm run store:images`. What they show comes from the gallery: the pages as
 * they are, before a worker that is played.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../harness/process/build.ts';
import { openGallery } from '../labs/gallery/visit.ts';
import { type Shown, takePicture } from './lib/gallery-picture.ts';
import { ownIcon } from './lib/own-icon.ts';

const OUT = join(ROOT, 'store/images');
/** What `npm run store:toolbar` takes. */
const TOOLBAR = join(ROOT, 'store/toolbar.png');
const FONT = join(ROOT, 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

interface Screenshot {
  readonly title: string;
  readonly text: string;
  /** Our pages; or a window of a browser, which `npm run store:toolbar` takes. */
  readonly shown: readonly Shown[] | 'toolbar';
}

const popup = (state: string, theme: Shown['theme'] = 'light'): Shown => ({
  page: 'popup',
  state,
  theme,
  width: 360,
});

const SCREENSHOTS: Readonly<Record<string, Screenshot>> = {
  '1-at-a-glance': {
    title: 'Is my gateway working? One look.',
    text: 'Green only for what was confirmed in the last 90 seconds. Every state has its own shape.',
    // Not every machine has a display to take it from.
    shown: existsSync(TOOLBAR) ? 'toolbar' : [popup('known-before'), popup('state-down')],
  },
  '2-device-token-mismatch': {
    title: '1008 device token mismatch?',
    text: 'Repaired without a click where the gateway secret is saved. Otherwise: two steps.',
    shown: [popup('cause-device-token-mismatch'), popup('state-healed')],
  },
  '3-what-to-do': {
    title: 'What to do comes first.',
    text: 'One instruction and the command to copy, for your system and your gateway’s version.',
    shown: [popup('state-approval', 'dark'), popup('state-down', 'dark')],
  },
  '4-diagnostics': {
    title: 'See exactly where it breaks.',
    text: 'Diagnostics walk from this browser to the relay and name the first step that fails.',
    shown: [{ page: 'doctor', state: 'state-down', theme: 'light', width: 1100 }],
  },
  '5-history': {
    title: 'What happened last night?',
    text: 'Uptime, every interruption, what caused it and what ended it. Stored in this browser only.',
    shown: [{ page: 'history', state: 'month', theme: 'dark', width: 960 }],
  },
};

const svgUrl = (source: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`;
const LOGO = svgUrl(ownIcon(96));

/** The frame around every picture: one ground, one font. Nothing shows through: the stores want 24 bits, no alpha. */
const page = (
  css: string,
  content: string,
  font: string,
): string => `<!doctype html><meta charset="utf-8"><style>
  @font-face { font-family: Inter; src: url(data:font/woff2;base64,${font}); font-weight: 100 900 }
  * { box-sizing: border-box; margin: 0 }
  html, body { height: 100% }
  body { overflow: hidden; color: #fff; font-family: Inter, sans-serif;
    background: #0f3d52 }
  h1 { font-weight: 680; letter-spacing: -0.02em }
  p { color: #cfe6ee }
  img { display: block }
  .logo { border-radius: 24%; box-shadow: 0 0 0 2px #8fd3b6 }
  ${css}
</style>${content}`;

const SCREENSHOT_CSS = `
  body { display: grid; grid-template-rows: auto 1fr; gap: 36px; padding: 52px 64px 0 }
  h1 { font-size: 46px; line-height: 54px }
  header { display: grid; grid-template-columns: auto 1fr; gap: 0 24px; align-items: start }
  header img { width: 60px; margin-top: 4px; grid-row: span 2 }
  header p { margin-top: 8px; font-size: 23px; line-height: 32px; max-width: 1040px }
  main { display: flex; gap: 48px; justify-content: center; align-items: start; min-height: 0 }
  main img { border-radius: 14px; box-shadow: 0 0 0 1px #fff3, 0 16px 0 -8px #0b2f40 }`;

const TILE_CSS = `
  body { display: flex; gap: 22px; align-items: center; padding: 0 36px }
  img { width: 96px; flex: none }
  h1 { font-size: 33px; line-height: 38px }
  p { margin-top: 8px; font-size: 17px; line-height: 24px }`;

const MARQUEE_CSS = `
  body { display: grid; grid-template-columns: 1fr auto; gap: 60px; padding: 0 110px; align-items: center }
  .name { display: flex; gap: 30px; align-items: center }
  .name img { width: 120px; flex: none }
  h1 { font-size: 62px; line-height: 68px }
  p { margin-top: 26px; font-size: 27px; line-height: 38px; max-width: 720px }
  .shown { border-radius: 14px; box-shadow: 0 0 0 1px #fff3, 0 16px 0 -8px #0b2f40 }`;

const gallery = await openGallery();
try {
  const font = (await readFile(FONT)).toString('base64');
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });

  async function save(name: string, width: number, height: number, html: string): Promise<void> {
    const drawn: Page = await gallery.browser.newPage();
    await drawn.setViewportSize({ width, height });
    await drawn.setContent(html);
    await drawn.evaluate(() => document.fonts.ready);
    await writeFile(join(OUT, `${name}.png`), await drawn.screenshot());
    await drawn.close();
    console.log(`${name}.png  ${width} x ${height}`);
  }

  /** The pictures of a screenshot, as large as the room beneath its words allows; a long page is cut off at the edge. */
  async function imagesOf(shown: Screenshot['shown']): Promise<string> {
    if (shown === 'toolbar') {
      const window = await readFile(TOOLBAR, 'base64');
      return `<img src="data:image/png;base64,${window}" width="700" alt="">`;
    }
    const pictures = await Promise.all(shown.map((each) => takePicture(gallery, each)));
    const tallest = Math.max(...pictures.map((each) => each.height));
    const width = shown[0]?.page === 'popup' ? Math.min(560 / tallest, 1.45) * 360 : 1152;
    return pictures.map(({ url }) => `<img src="${url}" width="${Math.round(width)}" alt="">`).join('');
  }

  for (const [name, { title, text, shown }] of Object.entries(SCREENSHOTS)) {
    const words = `<header><img class="logo" src="${LOGO}" alt=""><h1>${title}</h1><p>${text}</p></header>`;
    const html = page(SCREENSHOT_CSS, `${words}<main>${await imagesOf(shown)}</main>`, font);
    await save(`screenshot-${name}`, 1280, 800, html);
  }
  const NAME = '<h1>Relay Health<br>for OpenClaw</h1>';
  await save(
    'tile-440x280',
    440,
    280,
    page(
      TILE_CSS,
      `<img class="logo" src="${LOGO}" alt=""><div>${NAME}<p>Keeps you connected.<br>Unofficial.</p></div>`,
      font,
    ),
  );
  const healed = await takePicture(gallery, popup('state-healed'));
  const marquee = `<div><div class="name"><img class="logo" src="${LOGO}" alt="">${NAME}</div>
    <p>Fixes “1008 device token mismatch” and keeps this browser connected to your gateway. Unofficial.</p></div>
    <img class="shown" src="${healed.url}" width="410" alt="">`;
  await save('marquee-1400x560', 1400, 560, page(MARQUEE_CSS, marquee, font));
  const logo = `<img src="${LOGO}" width="300" height="300" alt="">`;
  await save('logo-300x300', 300, 300, page('body { background: #14506b }', logo, font));
} finally {
  await gallery.close();
}

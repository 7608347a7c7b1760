/**
 * The stores' pictures, in `store/images`: `npm run store:images`. What they show comes from the gallery: the pages as
 * they are, before a worker that is played.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../harness/process/build.ts';
import { BY_RELAY } from '../labs/gallery/scenes/statuses.ts';
import { openGallery, show } from '../labs/gallery/visit.ts';
import { ownIcon } from './lib/own-icon.ts';

const OUT = join(ROOT, 'store/images');
const FONT = join(ROOT, 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

type Theme = 'light' | 'dark';
type Name = 'popup' | 'doctor' | 'history';
/** A page of ours in one state; CSS pixels. */
type Shown = readonly [page: Name, state: string, theme: Theme, width: number];

interface Screenshot {
  readonly title: string;
  readonly text: string;
  readonly shown: readonly Shown[];
}

const SCREENSHOTS: Readonly<Record<string, Screenshot>> = {
  '1-at-a-glance': {
    title: 'Is my gateway working? One look.',
    text: 'Green only for what was proved in the last 90 seconds. Every state has its own shape.',
    shown: [
      ['popup', 'state-healthy', 'light', 360],
      ['popup', 'state-down', 'light', 360],
    ],
  },
  '2-repairs-itself': {
    title: 'Back by itself after a restart.',
    text: 'It reconnects, replaces a stale device token, and tells you afterwards.',
    shown: [['popup', 'state-healed', 'dark', 360]],
  },
  '3-needs-you': {
    title: 'What happened. What we did. What you do.',
    text: 'When only you can help, it says so in plain words, with the one command to copy.',
    shown: [
      ['popup', 'state-needs-you', 'light', 360],
      ['popup', 'state-approval', 'light', 360],
    ],
  },
  '4-doctor': {
    title: 'Where does it hang?',
    text: 'The doctor walks from this browser to the relay and names the first step that fails.',
    shown: [['doctor', 'state-down', 'light', 1100]],
  },
  '5-history': {
    title: 'What happened last night?',
    text: 'Uptime, every interruption, its cause and its cure. Kept in this browser, and nowhere else.',
    shown: [['history', 'month', 'dark', 960]],
  },
};

const svgUrl = (source: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`;
const pngUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;
/** The gallery gives everything one font; commands look like commands. */
const MONOSPACE = 'code, code * { font-family: "DejaVu Sans Mono", monospace !important; font-size: 0.98em }';
/** Milliseconds. Nobody tells when a page has painted what it was told. */
const SETTLES_MS = 300;

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

/** Runs in the page: its worker says that the relay works, where the scene says nothing of it. */
function withRelay(relay: unknown): void {
  const { scene, say } = (globalThis as any).gallery;
  const statuses = scene.snapshot.statuses.map((status: any) =>
    status.relay.cause === 'relay-unchecked' ? { ...status, relay } : status,
  );
  say({ ...scene.snapshot, statuses });
}

const gallery = await openGallery();
try {
  const font = (await readFile(FONT)).toString('base64');
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });

  /** A picture of one page, twice as fine as it is shown. */
  async function picture([name, state, colorScheme, width]: Shown): Promise<{ url: string; height: number }> {
    const sharp = await gallery.browser.newPage({
      deviceScaleFactor: 2,
      colorScheme,
      reducedMotion: 'reduce',
    });
    await sharp.setViewportSize({ width, height: 800 });
    await show(sharp, gallery.url({ page: name, state }, { font: 'same' }));
    await sharp.addStyleTag({ content: MONOSPACE });
    await sharp.evaluate(withRelay, BY_RELAY['relay-attached'].relay);
    await sharp.waitForTimeout(SETTLES_MS);
    const app = sharp.locator('#app');
    const height = (await app.boundingBox())?.height ?? 0;
    // A page keeps its own margin; a popup has none.
    const shot = name === 'popup' ? await app.screenshot() : await sharp.screenshot();
    await sharp.close();
    return { url: pngUrl(shot), height };
  }

  async function save(name: string, width: number, height: number, html: string): Promise<void> {
    const drawn: Page = await gallery.browser.newPage();
    await drawn.setViewportSize({ width, height });
    await drawn.setContent(html);
    await drawn.evaluate(() => document.fonts.ready);
    await writeFile(join(OUT, `${name}.png`), await drawn.screenshot());
    await drawn.close();
    console.log(`${name}.png  ${width} x ${height}`);
  }

  for (const [name, { title, text, shown }] of Object.entries(SCREENSHOTS)) {
    const pictures = await Promise.all(shown.map(picture));
    // As large as the room beneath the words allows; a long page is cut off at the edge.
    const [[kind] = ['popup']] = shown;
    const tallest = Math.max(...pictures.map((each) => each.height));
    const shownWidth = kind === 'popup' ? Math.min(560 / tallest, 1.45) * 360 : 1152;
    const images = pictures.map(({ url }) => `<img src="${url}" width="${Math.round(shownWidth)}" alt="">`);
    const words = `<header><img class="logo" src="${LOGO}" alt=""><h1>${title}</h1><p>${text}</p></header>`;
    await save(
      `screenshot-${name}`,
      1280,
      800,
      page(SCREENSHOT_CSS, `${words}<main>${images.join('')}</main>`, font),
    );
  }
  const NAME = '<h1>Relay Health<br>for OpenClaw</h1>';
  await save(
    'tile-440x280',
    440,
    280,
    page(
      TILE_CSS,
      `<img class="logo" src="${LOGO}" alt=""><div>${NAME}<p>Watches your gateway.<br>Unofficial.</p></div>`,
      font,
    ),
  );
  const healed = await picture(['popup', 'state-healed', 'light', 360]);
  const marquee = `<div><div class="name"><img class="logo" src="${LOGO}" alt="">${NAME}</div>
    <p>Watches your own gateway, reconnects by itself and repairs this browser’s pairing. Unofficial.</p></div>
    <img class="shown" src="${healed.url}" width="410" alt="">`;
  await save('marquee-1400x560', 1400, 560, page(MARQUEE_CSS, marquee, font));
  const logo = `<img src="${LOGO}" width="300" height="300" alt="">`;
  await save('logo-300x300', 300, 300, page('body { background: #14506b }', logo, font));
} finally {
  await gallery.close();
}

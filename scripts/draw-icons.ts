/**
 * Draws `public/icons`: the silhouette of every state and the extension's own icon, in every size that a
 * browser asks for. `npm run icons`; the result is committed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureChromium } from '../harness/browser/find-browser.mjs';
import { SILHOUETTES, type Silhouette } from '../src/ui/silhouettes.ts';
import type { IconSet } from '../src/words/icon-set.ts';
import { CALM_ON_TOOLBAR, STATES, TONE_COLORS, TONES_ON_DARK, type Tone } from '../src/words/states.ts';
import { ownIcon, svg } from './lib/own-icon.ts';
import { encodePng, type Pixels } from './lib/png.ts';

const FOLDER = resolve(import.meta.dirname, '../public/icons');
/** What a browser shows of the extension itself, and of a state in its toolbar. */
const OWN_SIZES = [16, 32, 48, 128];
const TOOLBAR_SIZES = [16, 32];

/** The shape over its own outline in white, without which it would drown in a dark toolbar. */
function silhouetteSvg({ parts }: Silhouette, color: string): string {
  const keyline = parts.map(({ d, line = 0 }) => path(d, '#fff', line + 2, line === 0));
  const shape = parts.map(({ d, line }) => path(d, color, line ?? 0, line === undefined));
  return svg(16, [...keyline, ...shape].join(''));
}

/** For a toolbar whose shade is known: nothing around it. */
const plainSvg = ({ parts }: Silhouette, color: string): string =>
  svg(16, parts.map(({ d, line }) => path(d, color, line ?? 0, line === undefined)).join(''));

/** Sets for one shade of toolbar, in folders of their own. */
const PLAIN_SETS: Readonly<Record<Exclude<IconSet, 'color'>, (tone: Tone) => string>> = {
  'color-on-dark': (tone) => TONES_ON_DARK[tone],
  'on-light': () => '#202124',
  'on-dark': () => '#ffffff',
};

const path = (d: string, color: string, width: number, isFilled: boolean): string =>
  `<path d="${d}" fill="${isFilled ? color : 'none'}" fill-rule="evenodd" stroke="${width ? color : 'none'}" ` +
  `stroke-width="${width}" stroke-linejoin="round"/>`;

const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();

  async function rasterize(source: string, size: number): Promise<Pixels> {
    const data = await page.evaluate(
      async ({ source, size }) => {
        const image = new Image(size, size);
        image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
        await image.decode();
        const canvas = new OffscreenCanvas(size, size);
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0, size, size);
        return [...(context?.getImageData(0, 0, size, size).data ?? [])];
      },
      { source, size },
    );
    return { width: size, height: size, data: Uint8Array.from(data) };
  }

  await rm(FOLDER, { recursive: true, force: true });
  for (const set of ['', ...Object.keys(PLAIN_SETS)]) await mkdir(join(FOLDER, set), { recursive: true });
  let [count, total] = [0, 0];
  const draw = async (name: string, source: string, size: number): Promise<void> => {
    const png = encodePng(await rasterize(source, size));
    count += 1;
    total += png.length;
    await writeFile(join(FOLDER, `${name}-${size}.png`), png);
  };
  for (const size of OWN_SIZES) await draw('icon', ownIcon(size), size);
  for (const size of TOOLBAR_SIZES) {
    for (const [state, { icon, tone }] of Object.entries(STATES)) {
      const silhouette = SILHOUETTES[icon];
      const source =
        tone === 'calm'
          ? plainSvg(silhouette, CALM_ON_TOOLBAR)
          : silhouetteSvg(silhouette, TONE_COLORS[tone]);
      await draw(state, source, size);
    }
  }
  for (const [set, colorOf] of Object.entries(PLAIN_SETS)) {
    for (const size of TOOLBAR_SIZES) {
      for (const [state, { icon, tone }] of Object.entries(STATES)) {
        await draw(`${set}/${state}`, plainSvg(SILHOUETTES[icon], colorOf(tone)), size);
      }
    }
  }
  console.log(`${count} icons, ${(total / 1024).toFixed(1)} KB`);
} finally {
  await browser.close();
}

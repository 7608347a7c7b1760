/**
 * Draws `public/icons`: the silhouette of every state and the extension's own icon, in every size that a
 * browser asks for. `npm run icons`; the result is committed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { TONE_COLORS, TONE_OF } from '../src/browser/tones.ts';
import type { StatusCode } from '../src/gateway/status.ts';
import { SILHOUETTES, type Silhouette } from '../src/ui/silhouettes.ts';
import { ensureChromium } from './lib/find-browser.mjs';
import { encodePng, type Pixels } from './lib/png.ts';

const FOLDER = resolve(import.meta.dirname, '../public/icons');
const SIZES = [16, 32, 48, 128];

/** The shape over its own outline in white, without which it would drown in a dark toolbar. */
function silhouetteSvg({ parts }: Silhouette, color: string): string {
  const keyline = parts.map(({ d, line = 0 }) => path(d, '#fff', line + 2, line === 0));
  const shape = parts.map(({ d, line }) => path(d, color, line ?? 0, line === undefined));
  return svg(16, [...keyline, ...shape].join(''));
}

/** For a toolbar whose shade the user told us: one colour, and nothing around it. */
const plainSvg = ({ parts }: Silhouette, color: string): string =>
  svg(16, parts.map(({ d, line }) => path(d, color, line ?? 0, line === undefined)).join(''));

/** Sets of one colour, in folders of their own; a toolbar asks for these two sizes. */
const PLAIN_SETS = { 'on-light': '#202124', 'on-dark': '#ffffff' };
const PLAIN_SIZES = [16, 32];

const path = (d: string, color: string, width: number, isFilled: boolean): string =>
  `<path d="${d}" fill="${isFilled ? color : 'none'}" fill-rule="evenodd" stroke="${width ? color : 'none'}" ` +
  `stroke-width="${width}" stroke-linejoin="round"/>`;

const svg = (grid: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}">${content}</svg>`;

/**
 * The extension itself: two ends, and the pulse between them. The store wants 16 of 128 pixels left free around
 * it; in a toolbar every pixel counts.
 */
function ownIcon(size: number): string {
  const [left, side] = size === 128 ? [16, 96] : [2, 124];
  const isTiny = size <= 16;
  const line = `fill="none" stroke="#fff" stroke-width="${isTiny ? 3.4 : 2.4}" stroke-linejoin="round"`;
  const pulse = `<path d="M5 16H11L14 8.5 18 23.5 21 16H27" stroke-linecap="round" ${line}/>`;
  const ends =
    '<circle cx="6.5" cy="16" r="2.6" fill="#fff"/><circle cx="25.5" cy="16" r="2.6" fill="#8FD3B6"/>';
  const plate = '<rect width="32" height="32" rx="8" fill="#14506B"/>';
  const scaled = `<g transform="translate(${left} ${left}) scale(${side / 32})">`;
  return svg(128, `${scaled}${plate}${pulse}${isTiny ? '' : ends}</g>`);
}

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
  let total = 0;
  const draw = async (name: string, source: string, size: number): Promise<void> => {
    const png = encodePng(await rasterize(source, size));
    total += png.length;
    await writeFile(join(FOLDER, `${name}-${size}.png`), png);
  };
  for (const size of SIZES) {
    await draw('icon', ownIcon(size), size);
    for (const [state, silhouette] of Object.entries(SILHOUETTES)) {
      await draw(state, silhouetteSvg(silhouette, TONE_COLORS[TONE_OF[state as StatusCode]]), size);
    }
  }
  for (const [set, color] of Object.entries(PLAIN_SETS)) {
    for (const size of PLAIN_SIZES) {
      for (const [state, silhouette] of Object.entries(SILHOUETTES)) {
        await draw(`${set}/${state}`, plainSvg(silhouette, color), size);
      }
    }
  }
  console.log(
    `${SIZES.length + (SIZES.length + 4) * Object.keys(SILHOUETTES).length} icons, ${(total / 1024).toFixed(1)} KB`,
  );
} finally {
  await browser.close();
}

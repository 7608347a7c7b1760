/**
 * How a frame looks, in two records that hold on every machine, because frames have a font of their own:
 * - a list of all its parts with their boxes and colours, exact;
 * - a small picture, each pixel the mean of a square of the screen, for what no part stands for. Letters are drawn a
 *   little differently everywhere; their mean is not.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Frame } from './visit.ts';

export const LOOKS = join(import.meta.dirname, 'looks');

/** CSS pixels. Less is the rounding of another build of the browser; a sixteenth of a rem is more. */
const MOVED_PX = 0.75;
/** CSS pixels of a square's side. */
const CELL_PX = 8;
/** Of 255. The mean of a square with letters in it differs by less than this between machines. */
const SHADE = 24;

interface Part {
  /** Indented by depth, with its box: x, y, width, height. */
  readonly name: string;
  readonly box: readonly number[];
  /** Colour, ground, border, radius, weight and size of its letters. */
  readonly style: string;
}

/** Runs in the page. */
function partsOf(): Part[] {
  const app = document.getElementById('app');
  const depthOf = (element: Element): number =>
    element === app || !element.parentElement ? 0 : 1 + depthOf(element.parentElement);
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const hex = (color: string): string => {
    if (!canvas || color === 'none') return '-';
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    if (alpha === 0) return '-';
    return `#${[red, green, blue, ...(alpha === 255 ? [] : [alpha])].map((value = 0) => value.toString(16).padStart(2, '0')).join('')}`;
  };
  const inkOf = (style: CSSStyleDeclaration): string =>
    [
      hex(style.color),
      hex(style.backgroundColor),
      style.borderTopWidth === '0px' ? '-' : `${style.borderTopWidth} ${hex(style.borderTopColor)}`,
      style.borderRadius,
      style.fontWeight,
      style.fontSize,
    ].join(' ');
  return [...(app?.querySelectorAll('*') ?? [])]
    .filter(
      (each) =>
        each.checkVisibility() &&
        !each.closest('.visually-hidden') &&
        !each.parentElement?.closest('svg, select'),
    )
    .map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      const own = inkOf(getComputedStyle(each));
      // What style sheets put before and after it has no box of its own to ask for.
      const made = (['::before', '::after'] as const)
        .map((which) => ({ which, style: getComputedStyle(each, which) }))
        .filter(({ style }) => style.content !== 'none' && style.content !== 'normal')
        .map(
          ({ which, style }) =>
            `${which} ${[style.width, style.height].map((side) => Math.round(Number.parseFloat(side))).join(' ')} ${inkOf(style)}`,
        );
      const lines = [...each.querySelectorAll(':scope > path')].map((path) => {
        const { fill, stroke } = getComputedStyle(path);
        return `${path.getAttribute('d')} ${hex(fill)} ${hex(stroke)}`;
      });
      const kind = each.getAttribute('class')?.replaceAll(' ', '.') ?? '';
      return {
        name: `${' '.repeat(depthOf(each) - 1)}${each.localName}${kind && `.${kind}`}`,
        box: [x, y + scrollY, width, height].map((value) => Math.round(value * 10) / 10),
        style: [own, ...made, ...lines].join(' '),
      };
    });
}

/** Runs in the page: a picture's squares as pixels, side by side for several pictures of one size. */
async function shrunk({ pictures, cell }: { pictures: readonly string[]; cell: number }): Promise<string> {
  const bitmaps = await Promise.all(
    pictures.map(async (url) => createImageBitmap(await (await fetch(url)).blob())),
  );
  const [first] = bitmaps;
  if (!first) return '';
  const [columns, rows] = [Math.ceil(first.width / cell), Math.ceil(first.height / cell)];
  const canvas = new OffscreenCanvas(columns * bitmaps.length, rows);
  const target = canvas.getContext('2d');
  const small = target?.createImageData(canvas.width, rows);
  for (const [index, bitmap] of bitmaps.entries()) {
    const source = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    source?.drawImage(bitmap, 0, 0);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const [left, top] = [column * cell, row * cell];
        const [width, height] = [Math.min(cell, bitmap.width - left), Math.min(cell, bitmap.height - top)];
        const data = source?.getImageData(left, top, width, height).data ?? [];
        for (let channel = 0; channel < 4; channel += 1) {
          let sum = 0;
          for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
          small?.data.set(
            [sum / (width * height)],
            (row * canvas.width + index * columns + column) * 4 + channel,
          );
        }
      }
    }
  }
  if (small) target?.putImageData(small, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

/** Runs in the page: where two small pictures differ by more than a shade; `null` if they have not one size. */
async function differing({
  urls,
  shade,
}: {
  urls: readonly string[];
  shade: number;
}): Promise<string[] | null> {
  const [one, other] = await Promise.all(
    urls.map(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      return context?.getImageData(0, 0, bitmap.width, bitmap.height);
    }),
  );
  if (!one || !other || one.width !== other.width || one.height !== other.height) return null;
  const places: string[] = [];
  for (let at = 0; at < one.data.length; at += 4) {
    const by = Math.max(
      ...[0, 1, 2].map((channel) =>
        Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)),
      ),
    );
    const index = at / 4;
    if (by > shade) places.push(`${index % one.width},${Math.floor(index / one.width)} by ${by}`);
  }
  return places;
}

export interface Look {
  readonly light: readonly Part[];
  readonly dark: readonly Part[];
  /** A PNG: light and dark beside each other. */
  readonly picture: Buffer;
}

const dataUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** Takes the look of a page that is painted. */
export async function lookOf(page: Page): Promise<Look> {
  const take = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const parts = await page.evaluate(partsOf);
    return { parts, picture: dataUrl(await page.locator('#app').screenshot({ animations: 'disabled' })) };
  };
  const [light, dark] = [await take('light'), await take('dark')];
  const small = await page.evaluate(shrunk, { pictures: [light.picture, dark.picture], cell: CELL_PX });
  return { light: light.parts, dark: dark.parts, picture: Buffer.from(small, 'base64') };
}

const fileOf = ({ page, state }: Frame, kind: 'txt' | 'png'): string => join(LOOKS, page, `${state}.${kind}`);

/** One line for each part: its box, then how it looks in light and in dark. */
const written = ({ light, dark }: Look): string =>
  light
    .map(({ name, box, style }, index) => [name, box.join(' '), style, dark[index]?.style].join(' | '))
    .map((line) => `${line}\n`)
    .join('');

export async function keepLook(frame: Frame, look: Look): Promise<void> {
  await mkdir(dirname(fileOf(frame, 'txt')), { recursive: true });
  await writeFile(fileOf(frame, 'txt'), written(look));
  await writeFile(fileOf(frame, 'png'), look.picture);
}

/** How a look differs from the one that was kept; nothing if it does not. `page`: any, it compares the pictures. */
export async function changesIn(page: Page, frame: Frame, look: Look): Promise<string[]> {
  const kept = await readFile(fileOf(frame, 'txt'), 'utf8').catch(() => null);
  if (kept === null) return ['was never kept: npm run gallery:keep'];
  const changes = changedLines(kept.trimEnd().split('\n'), written(look).trimEnd().split('\n'));
  if (changes.length > 0) return changes;
  const urls = [dataUrl(await readFile(fileOf(frame, 'png'))), dataUrl(look.picture)];
  const places = await page.evaluate(differing, { urls, shade: SHADE });
  if (places === null) return ['its picture has another size'];
  return places.length === 0
    ? []
    : [`its picture differs in ${places.length} squares: ${places.slice(0, 5).join('; ')}`];
}

function changedLines(kept: readonly string[], now: readonly string[]): string[] {
  const length = Math.max(kept.length, now.length);
  for (let index = 0; index < length; index += 1) {
    const [before, after] = [kept[index] ?? '(nothing)', now[index] ?? '(nothing)'];
    // What follows has moved because of it.
    if (!isSamePart(before, after))
      return [`part ${index + 1} was ${before.trim()}\n     and is ${after.trim()}`];
  }
  return [];
}

function isSamePart(one: string, other: string): boolean {
  const [[name, box = '', ...styles], [otherName, otherBox = '', ...otherStyles]] = [
    one.split(' | '),
    other.split(' | '),
  ];
  const places = otherBox.split(' ').map(Number);
  const isInPlace = box
    .split(' ')
    .every((value, index) => Math.abs(Number(value) - (places[index] ?? Number.NaN)) < MOVED_PX);
  return name === otherName && isInPlace && styles.join() === otherStyles.join();
}

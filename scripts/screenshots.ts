/** The README's pictures, in light and dark, in `docs/screenshots`: `npm run screenshots`. Twice as fine as they are shown. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openGallery } from '../labs/gallery/visit.ts';
import { type Shown, takePicture } from './lib/gallery-picture.ts';
import { encodePng } from './lib/png.ts';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');

/** What stands side by side in each picture. */
const PICTURES: Readonly<Record<string, readonly Omit<Shown, 'theme'>[]>> = {
  hero: [
    { page: 'popup', state: 'cause-device-token-mismatch', width: 360 },
    { page: 'popup', state: 'known-before', width: 360 },
  ],
  diagnostics: [{ page: 'doctor', state: 'state-down', width: 1000 }],
  history: [{ page: 'history', state: 'month', width: 1000 }],
  others: [{ page: 'others', state: 'many', width: 1000 }],
};

/** Nothing behind the pages: the README stands on white and on nearly black. */
const page = (images: string): string => `<!doctype html><style>
  body { margin: 0; padding: 1px; width: max-content; display: flex; gap: 24px; align-items: start }
  img { display: block; border-radius: 12px; box-shadow: 0 0 0 1px #8886 }
</style>${images}`;

/** The picture with a palette. `reader`: any page, it reads the picture. */
async function withPalette(reader: Page, picture: Buffer): Promise<Buffer> {
  const { width, height, data } = await reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    const text = Array.from(pixels, (value) => String.fromCharCode(value)).join('');
    return { width: bitmap.width, height: bitmap.height, data: btoa(text) };
  }, picture.toString('base64'));
  return encodePng({ width, height, data: Uint8Array.from(Buffer.from(data, 'base64')) });
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const gallery = await openGallery();
try {
  const frame = await gallery.browser.newPage({ deviceScaleFactor: 2 });
  for (const [name, shown] of Object.entries(PICTURES)) {
    for (const theme of ['light', 'dark'] as const) {
      const pictures = await Promise.all(shown.map((each) => takePicture(gallery, { ...each, theme })));
      const images = pictures.map(
        ({ url }, index) => `<img src="${url}" width="${shown[index]?.width}" alt="">`,
      );
      await frame.setContent(page(images.join('')));
      const shot = await frame.locator('body').screenshot({ omitBackground: true });
      await writeFile(join(FOLDER, `${name}-${theme}.png`), await withPalette(frame, shot));
      console.log(`${name}-${theme}.png`);
    }
  }
} finally {
  await gallery.close();
}

/** Pictures of our pages, twice as fine as they are shown, for the README and the stores. Their states come from the gallery. */
import { BY_RELAY } from '../../labs/gallery/scenes/statuses.ts';
import { type Frame, type Gallery, show } from '../../labs/gallery/visit.ts';

/** A page of ours in one state. */
export interface Shown extends Frame {
  readonly theme: 'light' | 'dark';
  /** CSS pixels. */
  readonly width: number;
}

export interface Picture {
  /** An address of its own: `data:image/png;base64,…`. */
  readonly url: string;
  /** CSS pixels. */
  readonly height: number;
}

/** The gallery gives everything one font; commands look like commands. */
const MONOSPACE = 'code, code * { font-family: "DejaVu Sans Mono", monospace !important; font-size: 0.98em }';
/** Milliseconds. Nobody tells when a page has painted what it was told. */
const SETTLES_MS = 300;

/** Runs in the page: its worker says that the relay works, where the scene says nothing of it. */
function withRelay(relay: unknown): void {
  const { scene, say } = (globalThis as any).gallery;
  const statuses = scene.snapshot.statuses.map((status: any) =>
    status.relay.cause === 'relay-unchecked' ? { ...status, relay } : status,
  );
  say({ ...scene.snapshot, statuses });
}

/** Takes a popup whole, and a page as far as a window of 800 CSS pixels shows it. */
export async function takePicture(gallery: Gallery, { page, state, theme, width }: Shown): Promise<Picture> {
  const sharp = await gallery.browser.newPage({
    deviceScaleFactor: 2,
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await sharp.setViewportSize({ width, height: 800 });
  await show(sharp, gallery.url({ page, state }, { font: 'same' }));
  await sharp.addStyleTag({ content: MONOSPACE });
  await sharp.evaluate(withRelay, BY_RELAY['relay-attached'].relay);
  await sharp.waitForTimeout(SETTLES_MS);
  const app = sharp.locator('#app');
  const height = (await app.boundingBox())?.height ?? 0;
  // A page keeps its own margin; a popup has none.
  const shot = page === 'popup' ? await app.screenshot() : await sharp.screenshot();
  await sharp.close();
  return { url: `data:image/png;base64,${shot.toString('base64')}`, height };
}

/** A QR code in a picture: what `openclaw qr` draws, copied from a screen. */

/** Pixels. A screenshot of a whole screen is scaled down to this, which leaves any legible code legible. */
const LARGEST_SIDE = 1_600;

/**
 * The text of the QR code in a picture, or `null` if there is none that can be read. Never throws: the clipboard
 * holds whatever it holds.
 */
export async function readQrCode(picture: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) return null;
    // Transparent pictures are drawn for a light page.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    // 15 kB that few users ever need.
    const { decodeQR } = await import('qr/decode.js');
    const { data } = context.getImageData(0, 0, width, height);
    return decodeQR({ width, height, data });
  } catch {
    return null;
  }
}

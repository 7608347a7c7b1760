import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the manifest of an unpacked extension. */
export function readManifest(extensionPath: string): Record<string, any> {
  const file = join(extensionPath, 'manifest.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`There is no extension in ${extensionPath}. Build it first: npm run build`, {
      cause: error,
    });
  }
}

/**
 * The id under which Chromium loads an unpacked extension: a hash of the manifest's `key`, or of the folder's
 * real path where there is none.
 */
export function extensionId(extensionPath: string): string {
  const { key } = readManifest(extensionPath);
  const seed =
    typeof key === 'string'
      ? Buffer.from(key, 'base64')
      : Buffer.from(realpathSync(extensionPath), process.platform === 'win32' ? 'utf16le' : 'utf8');
  const hash = createHash('sha256').update(seed).digest('hex').slice(0, 32);
  // Chromium spells the sixteen digits a to p, so that an id never looks like an address.
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** Hands the user a file, as a click on a link would. Needs no permission. */

/** Milliseconds. By then the browser has begun to read it; how long that takes it does not say. */
const KEPT_MS = 60_000;

/** @param type a MIME type */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

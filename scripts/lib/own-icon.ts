/** The extension's own icon, for its package and for the stores. */

/** An SVG on a square grid. */
export const svg = (grid: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}">${content}</svg>`;

/**
 * The extension itself: two ends, and the pulse between them. The store wants 16 of 128 pixels left free around
 * it; in a toolbar every pixel counts.
 */
export function ownIcon(size: number): string {
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

import { readFirst } from '../browser/page/first-read.ts';

/** Begins when this file is loaded. The build has the page load it at once, and not only when all the rest is there. */
export const firstRead = readFirst();

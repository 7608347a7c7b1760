/** Figures as this browser's user writes them. */
import { language } from '../browser/i18n.ts';

export const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

/** 0 to 1 as a percentage, never rounded up to a whole that it is not. */
export const share = (value: number): string =>
  new Intl.NumberFormat(language(), {
    style: 'percent',
    maximumFractionDigits: value < 0.9 ? 0 : value < 0.999 ? 1 : 2,
    roundingMode: 'floor',
  }).format(value);

/** Figures as this browser's user writes them. */
import { language } from '../browser/i18n.ts';

export const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

/** Bytes in the unit that is asked for, such as `512 MB`: French has a word of its own for them. */
export const size = (bytes: number, unit: 'megabyte' | 'gigabyte'): string =>
  new Intl.NumberFormat(language(), {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 0 : 1,
  }).format(bytes / (unit === 'megabyte' ? 1e6 : 1e9));

/** 0 to 1 as a percentage, never rounded up to a whole that it is not. */
export const share = (value: number): string =>
  new Intl.NumberFormat(language(), {
    style: 'percent',
    maximumFractionDigits: value < 0.9 ? 0 : value < 0.999 ? 1 : 2,
    roundingMode: 'floor',
  }).format(value);

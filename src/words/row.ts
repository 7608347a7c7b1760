/** What stands beside each other: short facts, and sentences. */
import { language } from '../browser/i18n.ts';

type Parts = readonly (string | number | null | undefined)[];

/** Short facts on one line, without those that are missing. Where it wraps, the dot stays with what is before it. */
export const inARow = (facts: Parts): string => facts.filter(Boolean).join('\u00a0· ');

const isWide = (): boolean => /^(ja|zh)/.test(language());

/** What a sentence lists, without what is missing. */
export const listed = (parts: Parts): string => parts.filter(Boolean).join(isWide() ? '、' : ', ');

/** Sentences one after the other, without those that are missing. Where full stops are wide, no space follows them. */
export const sentences = (parts: Parts): string => parts.filter(Boolean).join(isWide() ? '' : ' ');

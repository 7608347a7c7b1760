/** The texts of the interface: `_locales/<language>/messages.json`. */
import type messages from '../../public/_locales/en/messages.json';
import browser from './api.ts';

export type MessageKey = keyof typeof messages;

type Substitution = string | number;
type Substitutions<Key extends MessageKey> = (typeof messages)[Key] extends { placeholders: unknown }
  ? [Substitution, ...Substitution[]]
  : [];

/** The message in the user's language. A missing one shows its key, so that nothing is ever blank. */
export const t = <Key extends MessageKey>(key: Key, ...substitutions: Substitutions<Key>): string =>
  browser.i18n.getMessage(key, substitutions.map(String)) || key;

/**
 * The message under a key that was put together at run time, or `null` if there is none. For codes whose texts
 * a newer or older part of this extension may lack; everything else goes through {@link t}.
 */
export const messageOf = (key: string, ...substitutions: readonly Substitution[]): string | null =>
  browser.i18n.getMessage(key, substitutions.map(String)) || null;

/**
 * The language in which figures and times are written, a BCP 47 tag: the browser's, with its region, where the texts are in
 * that language, and else that of the texts. Other digits and rules would not fit into their sentences.
 */
export function language(): string {
  const [ui, texts] = [browser.i18n.getUILanguage(), t('language_tag')];
  return ui.split('-')[0] === texts.split('-')[0] ? ui : texts;
}

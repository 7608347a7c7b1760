/** The words of the interface: `_locales/<language>/messages.json`, and times as this browser's user writes them. */
import type messages from '../../public/_locales/en/messages.json';
import type { Cause } from '../gateway/causes.ts';
import browser from './api.ts';

export type MessageKey = keyof typeof messages;

/** Where OpenClaw listens unless told otherwise. */
const USUAL_PORT = '18789';

type Substitution = string | number;
type Substitutions<Key extends MessageKey> = (typeof messages)[Key] extends { placeholders: unknown }
  ? [Substitution, ...Substitution[]]
  : [];

/** The message in the user's language. A missing one shows its key, so that nothing is ever blank. */
export const t = <Key extends MessageKey>(key: Key, ...substitutions: Substitutions<Key>): string =>
  browser.i18n.getMessage(key, substitutions.map(String)) || key;

type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : S;

/** The message for one part of a cause's card; the compiler knows that every cause has all four. */
export const causeKey = <Part extends 'title' | 'happened' | 'did' | 'todo'>(
  cause: Cause,
  part: Part,
): `cause_${Snake<Cause>}_${Part}` => `cause_${cause.replaceAll('-', '_') as Snake<Cause>}_${part}`;

/** The browser's interface language, a BCP 47 tag. */
export const language = (): string => browser.i18n.getUILanguage();

/**
 * A clock time, with the day if that is another one than `now`. Milliseconds since the epoch. Never "3 s ago":
 * tooltips and spoken texts cannot tick.
 */
export function clockTime(at: number, now: number, { seconds = false } = {}): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language(), {
    hour: 'numeric',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
  }).format(at);
}

/** What the user calls a gateway: "This computer", else its host. */
export function gatewayName({ address, reach }: { address: string; reach: string }): string {
  // An address in a form that we do not know is its own name.
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return address;
  if (reach !== 'loopback') return url.port === USUAL_PORT ? url.hostname : url.host;
  return url.port === USUAL_PORT ? t('this_computer') : t('this_computer_port', url.port || '443');
}

/** The words of the interface: `_locales/<language>/messages.json`, and times as this browser's user writes them. */
import type messages from '../../public/_locales/en/messages.json';
import type { Cause } from '../gateway/causes.ts';
import type { RelayCause, RelayFault } from '../relay/causes.ts';
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

/**
 * The message under a key that was put together at run time, or `null` if there is none. For codes whose texts
 * a newer or older part of this extension may lack; everything else goes through {@link t}.
 */
export const messageOf = (key: string, ...substitutions: readonly Substitution[]): string | null =>
  browser.i18n.getMessage(key, substitutions.map(String)) || null;

export type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : S;

/** The message for one part of a cause's card; the compiler knows that every cause has all five. */
export const causeKey = <Part extends 'title' | 'happened' | 'did' | 'todo' | 'impact'>(
  cause: Cause,
  part: Part,
): `cause_${Snake<Cause>}_${Part}` => `cause_${cause.replaceAll('-', '_') as Snake<Cause>}_${part}`;

/** What a relay's cause is in one line. */
export const relayLineKey = (cause: RelayCause): `${Snake<RelayCause>}_row` =>
  `${cause.replaceAll('-', '_') as Snake<RelayCause>}_row`;

/** The message for one part of a relay fault's card. */
export const relayKey = <Part extends 'title' | 'happened' | 'todo'>(
  fault: RelayFault,
  part: Part,
): `${Snake<RelayFault>}_${Part}` => `${fault.replaceAll('-', '_') as Snake<RelayFault>}_${part}`;

/** The browser's interface language, a BCP 47 tag. */
export const language = (): string => browser.i18n.getUILanguage();

/** By what they are made of. One is costly to make, and the toolbar names a time at every sign of life. */
const clocks: Record<string, Intl.DateTimeFormat> = {};

/**
 * A clock time, with the day if that is another one than `now`. Milliseconds since the epoch. Never "3 s ago":
 * tooltips and spoken texts cannot tick.
 */
export function clockTime(at: number, now: number, { seconds = false } = {}): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = {
    hour: 'numeric',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
  };
  // A format keeps the time zone that it was made in; its user may travel.
  const key = JSON.stringify([language(), options, new Date(at).getTimezoneOffset()]);
  clocks[key] ??= new Intl.DateTimeFormat(language(), options);
  return clocks[key].format(at);
}

/** What the user calls a gateway, else "This computer" or its host. */
export function gatewayName({
  name,
  address,
  reach,
}: {
  name: string | null;
  address: string;
  reach: string;
}): string {
  if (name !== null) return name;
  // An address in a form that we do not know is its own name.
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return address;
  if (reach !== 'loopback') return url.port === USUAL_PORT ? url.hostname : url.host;
  return url.port === USUAL_PORT ? t('this_computer') : t('this_computer_port', url.port || '443');
}

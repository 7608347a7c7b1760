/** The words for other clients: who they are, where, and what became of them. */
import { t } from '../browser/i18n.ts';
import type { ClientKind } from '../explain/types.ts';
import { type Client, isLoopback } from '../others/naming.ts';
import type { Story } from '../others/standing.ts';
import { clientName } from './explained.ts';
import { sentences } from './row.ts';
import { clockTime } from './time.ts';

/** "Command line", in our words alone. */
export const kindName = (kind: ClientKind): string =>
  kind === 'unknown' ? t('others_client_unknown') : clientName(kind);

/** "Command line box". The name is the client's own: put it into a `<bdi>`. */
export const clientTitle = ({ kind, name }: Pick<Client, 'kind' | 'name'>): string => {
  const word = kindName(kind);
  // Commands are named after what they ask for.
  return name === null || name.startsWith('gateway:') ? word : `${word} ${name}`;
};

/** Where it is, what it runs, which device it is. */
export const clientFacts = ({ address, platform, version, device, origin }: Client): string[] =>
  [
    address !== null && isLoopback(address) ? t('others_on_host') : address,
    origin,
    platform,
    version,
    device === null ? null : t('others_device', device.slice(0, 6)),
  ].filter((fact) => fact !== null);

/** When it was refused, and how it stands. */
export function storyWords({ count, firstAt, lastAt, standing }: Story, now: number): string {
  const first = clockTime(firstAt, now);
  const last = clockTime(lastAt, now);
  const told = count === 1 ? t('others_once', last) : t('others_often', count, first, last);
  const since = SINCE[standing];
  return sentences([told, since && t(since)]);
}

/** What is known of the time after that. */
const SINCE = {
  refused: null,
  quiet: 'others_quiet',
  approved: 'others_approved',
  connected: 'others_connected',
} as const;

/** Who brings a lock-out upon others. */
export function culpritWords({ client, count, firstAt }: Story, now: number): string {
  const isElsewhere = client.address !== null && !isLoopback(client.address);
  const who = isElsewhere ? `${clientTitle(client)} (${client.address})` : clientTitle(client);
  return t('others_culprit', who, count, clockTime(firstAt, now));
}

/** The words for other clients: who they are, where, and what became of them. */
import { t } from '../browser/i18n.ts';
import { type Client, isLoopback } from '../others/naming.ts';
import type { Story } from '../others/standing.ts';
import { clientName } from './explained.ts';
import { clockTime } from './time.ts';

/** "Command line box". The name is the client's own: put it into a `<bdi>`. */
export const clientTitle = ({ kind, name }: Pick<Client, 'kind' | 'name'>): string => {
  const word = kind === 'unknown' ? t('others_client_unknown') : clientName(kind);
  return name === null ? word : `${word} ${name}`;
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
  return standing === 'refused' ? told : `${told} ${t(`others_${standing}`)}`;
}

/** Who brings a lock-out upon others. */
export const culpritWords = ({ client, count, firstAt }: Story, now: number): string =>
  t(
    'others_culprit',
    client.address === null || isLoopback(client.address)
      ? clientTitle(client)
      : `${clientTitle(client)} (${client.address})`,
    count,
    clockTime(firstAt, now),
  );

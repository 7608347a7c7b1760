import { t } from '../../browser/i18n.ts';
import { drifts, type Present } from '../../others/standing.ts';
import { clientFacts, clientTitle } from '../../words/others.ts';
import { inARow } from '../../words/row.ts';
import { clockTime } from '../../words/time.ts';

interface Props {
  list: readonly Present[];
  /** Of the gateway; `null` where it is of no interest. */
  serverVersion: string | null;
  now: number;
}

/** Who is connected, or was. */
export const VisitorList = ({ list, serverVersion, now }: Props) => (
  <ul class="visitors">
    {list.map(({ client, since, leftAt }) => (
      <li
        key={`${client.device} ${client.name} ${client.mode}`}
        data-testid="visitor"
        data-client={client.kind}
      >
        <p>
          <bdi>{clientTitle(client)}</bdi>
        </p>
        <p class="soft small">
          <bdi>
            {inARow([
              ...clientFacts(client),
              leftAt === null
                ? since && t('others_since', clockTime(since, now))
                : t('others_until', clockTime(leftAt, now)),
            ])}
          </bdi>
        </p>
        {serverVersion !== null && drifts(client, serverVersion) && (
          <p class="small" data-testid="drifts">
            {t('others_version_differs', serverVersion)}
          </p>
        )}
      </li>
    ))}
  </ul>
);

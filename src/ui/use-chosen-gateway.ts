import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { worstOf } from '../gateway/status.ts';
import { type GatewayStatus, settled } from '../gateway-status.ts';
import type { Snapshot } from '../messages.ts';
import { gatewayName } from '../words/gateway-name.ts';
import { askedGateway } from './gateway-chooser.tsx';
import { tellStatuses } from './statuses.ts';

export interface ChosenGateway {
  /** Settled, as the page shows them. */
  readonly statuses: readonly GatewayStatus[];
  /** The one that the page is about; `null` where there is none at all. */
  readonly status: GatewayStatus | null;
  /** Its name, or the extension's. */
  readonly name: string;
  readonly choose: (gatewayId: string) => void;
}

/**
 * The gateway that a page is about: the one that was chosen or asked for in its address, else the one that is worst.
 * It names the browser's tab.
 *
 * @param now milliseconds since the epoch
 */
export function useChosenGateway(
  snapshot: Snapshot,
  now: number,
  page: 'doctor' | 'history' | 'others',
): ChosenGateway {
  const [chosen, choose] = useState(askedGateway);
  const statuses = snapshot.statuses.map((status) => settled(status, now));
  tellStatuses(statuses);
  const status = statuses.find(({ gatewayId }) => gatewayId === chosen) ?? worstOf(statuses);
  const name = status === null ? t('extension_name') : gatewayName(status);
  useEffect(() => {
    document.title = status === null ? t(page) : t(`${page}_title`, name);
  }, [status === null, name]);
  return { statuses, status, name, choose };
}

import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { gatewayName } from '../words/gateway-name.ts';

/** Which gateway the page's address asks for; a page without one shows the worst. */
export const askedGateway = (): string | null => new URLSearchParams(location.search).get('gateway');

/** Which of several gateways a page is about. Nothing where there is no choice. */
export function GatewayChooser({
  statuses,
  shown,
  onChoose,
}: {
  statuses: readonly GatewayStatus[];
  shown: GatewayStatus | null;
  onChoose: (gatewayId: string) => void;
}) {
  if (statuses.length < 2) return null;
  return (
    <label class="chooser">
      <span class="visually-hidden">{t('fact_gateway')}</span>
      <select
        data-testid="gateway-chooser"
        value={shown?.gatewayId ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {statuses.map((status) => (
          <option key={status.gatewayId} value={status.gatewayId}>
            {gatewayName(status)}
          </option>
        ))}
      </select>
    </label>
  );
}

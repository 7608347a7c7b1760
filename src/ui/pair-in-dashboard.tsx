import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { isWithin } from '../remedy/versions.ts';
import { dashboardOf } from '../words/shown-address.ts';

/** Its page of devices makes setup codes from this version on, unless the gateway is bound to loopback alone. */
const MAKES_CODES = { since: '2026.8.1' } as const;

/** Another way to a setup code, without a terminal. A gateway on this computer is usually bound to loopback, and has none. */
export function PairInDashboard({
  address,
  reach,
  serverVersion,
}: Pick<GatewayStatus, 'address' | 'reach' | 'serverVersion'>) {
  const href = dashboardOf(address);
  if (href === null || reach === 'loopback' || !isWithin(serverVersion, MAKES_CODES)) return null;
  return (
    <p class="soft small" data-testid="pair-in-dashboard">
      {t('pair_in_dashboard')}{' '}
      <a href={href} target="_blank" rel="noopener noreferrer">
        {t('open_dashboard')}
      </a>
    </p>
  );
}

import { t } from '../browser/i18n.ts';
import { GATEWAY_PORT } from '../ports.ts';

/** What the user calls a gateway, else "Local gateway" or its host. */
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
  if (reach !== 'loopback') return url.port === GATEWAY_PORT ? url.hostname : url.host;
  return url.port === GATEWAY_PORT ? t('this_computer') : t('this_computer_port', url.port || '443');
}

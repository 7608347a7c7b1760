import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';

/** Where a command is to be run: on the gateway's host, unless it concerns the official extension. */
export const placeWords = (reach: GatewayStatus['reach'], at?: 'official-extension'): string =>
  t(at !== undefined ? 'run_beside_extension' : reach === 'loopback' ? 'run_here' : 'run_on_host');

/** What the open page knows of the gateways, for parts of it that stand deep inside: no context, which weighs more. */
import type { GatewayStatus } from '../gateway-status.ts';

let known: readonly GatewayStatus[] = [];

/** With each painting of the page. */
export const tellStatuses = (statuses: readonly GatewayStatus[]): void => {
  known = statuses;
};

/** Settled, as the page shows them; empty on pages that show none. */
export const knownStatuses = (): readonly GatewayStatus[] => known;

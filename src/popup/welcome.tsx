import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { DEFAULT_ADDRESS } from '../pairing/address.ts';
import { LazyRemedies } from '../ui/lazy.tsx';
import { gatewayName } from '../words/gateway-name.ts';
import { LazyPairingForm } from './lazy-pairing-form.tsx';

/** A gateway on this computer, as it usually is; all that is known of one that is not paired yet. */
const NEW_GATEWAY = {
  address: DEFAULT_ADDRESS,
  reach: 'loopback',
  serverVersion: null,
  requestId: null,
} as const;

/** How to pair with a gateway, the first, another or a known one: a command to run, a field to paste into. */
export function Welcome({
  isFirst,
  again,
  onPaired,
}: {
  isFirst: boolean;
  /** The gateway to pair with anew. */
  again: GatewayStatus | null;
  onPaired: (gatewayId: string | null) => void;
}) {
  return (
    <section class="card">
      {isFirst ? (
        <p>{t('welcome')}</p>
      ) : (
        <h2>
          <bdi>{again ? t('options_repair_title', gatewayName(again)) : t('add')}</bdi>
        </h2>
      )}
      <ol class="steps">
        <li>
          <p class="step">{t('welcome_run')}</p>
          <LazyRemedies
            diagnosis="no-credential"
            gatewayId={again?.gatewayId ?? null}
            facts={again ?? NEW_GATEWAY}
            layout="first"
          />
          {again === null && <p class="soft small">{t('welcome_other')}</p>}
        </li>
        <li>
          <p class="step">{t('welcome_paste')}</p>
          <LazyPairingForm card={again} isFocused onPaired={onPaired} />
        </li>
      </ol>
    </section>
  );
}

import { t } from '../browser/i18n.ts';
import { DEFAULT_ADDRESS } from '../pairing/address.ts';
import { LazyRemedies } from './lazy-remedies.tsx';
import { PairingForm } from './pairing-form.tsx';

/** A gateway on this computer, as it usually is; all that is known of one that is not paired yet. */
const NEW_GATEWAY = {
  address: DEFAULT_ADDRESS,
  reach: 'loopback',
  serverVersion: null,
  requestId: null,
} as const;

/** How to pair with a gateway, the first or another one: a command to run, a field to paste into. */
export function Welcome({
  isFirst,
  onPaired,
}: {
  isFirst: boolean;
  onPaired: (gatewayId: string | null) => void;
}) {
  return (
    <section class="card">
      {isFirst ? <p>{t('welcome')}</p> : <h2>{t('add')}</h2>}
      <ol class="steps">
        <li>
          <p class="step">{t('welcome_run')}</p>
          <LazyRemedies diagnosis="no-credential" gatewayId={null} facts={NEW_GATEWAY} layout="first" />
          <p class="soft small">{t('welcome_other')}</p>
        </li>
        <li>
          <p class="step">{t('welcome_paste')}</p>
          <PairingForm card={null} isFocused onPaired={onPaired} />
        </li>
      </ol>
    </section>
  );
}

import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { LazyPairingForm, LazyRemedies } from '../ui/lazy-parts.tsx';
import { NEW_GATEWAY } from '../ui/new-gateway.ts';
import { gatewayName } from '../words/gateway-name.ts';
import { placeWords } from '../words/place.ts';
import { LazyFoundGateway } from './lazy-parts.tsx';

interface Props {
  /** The gateway that it is about; `null` for a new one. */
  known: GatewayStatus | null;
  isFirst: boolean;
  onPaired: (gatewayId: string | null) => void;
}

/** How to pair with a gateway, the first, another or a known one: a command to run, a field to paste into. */
export function Welcome({ known, isFirst, onPaired }: Props) {
  const { reach } = known ?? NEW_GATEWAY;
  return (
    <section class="card">
      {isFirst ? (
        <>
          <p>{t('welcome')}</p>
          <LazyFoundGateway />
        </>
      ) : (
        <h2>
          <bdi>{known ? t('options_repair_title', gatewayName(known)) : t('add')}</bdi>
        </h2>
      )}
      <ol class="steps">
        <li>
          <p data-testid="place">{placeWords(reach)}</p>
          <LazyRemedies
            diagnosis="no-credential"
            gatewayId={known?.gatewayId ?? null}
            facts={known ?? NEW_GATEWAY}
            layout="first"
            isPlaced
          />
          {known === null && <p class="soft small">{t('welcome_other')}</p>}
        </li>
        <li>
          <LazyPairingForm card={known} label={t('welcome_paste')} isFocused onPaired={onPaired} />
        </li>
      </ol>
    </section>
  );
}

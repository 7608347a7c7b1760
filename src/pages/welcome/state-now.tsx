import { t } from '../../browser/i18n.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { settled } from '../../gateway-status.ts';
import { useAnnouncement } from '../../ui/announce.ts';
import { LazyRemedies } from '../../ui/lazy.tsx';
import { PairingForm } from '../../ui/pairing-form.tsx';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { useNow } from '../../ui/use-now.ts';
import { explanationOf, stateWord, takesCredential } from '../../words/explanation.ts';
import { gatewayName } from '../../words/gateway-name.ts';

/** How the gateway is, and what there is to do about it. */
export function StateNow({ status }: { status: GatewayStatus }) {
  const now = useNow();
  const current = settled(status, now);
  const explanation = explanationOf(current, now);
  const [name, word] = [gatewayName(current), stateWord(current)];
  useAnnouncement(
    `${current.code} ${current.cause}`,
    explanation ? t('spoken', name, word, explanation.title) : t('spoken_short', name, word),
  );
  return (
    <div class="state" data-testid="state" data-state={current.code}>
      <p class="headline">
        <SilhouetteIcon code={current.code} />
        <strong>{word}</strong> <bdi class="soft">{name}</bdi>
      </p>
      {explanation === null ? (
        <p>{t('greeting_done_close')}</p>
      ) : (
        <>
          <p>{explanation.happened}</p>
          <p>{explanation.todo}</p>
          {explanation.diagnosis !== null && (
            <LazyRemedies
              diagnosis={explanation.diagnosis}
              gatewayId={current.gatewayId}
              facts={{ ...current, relayAddress: current.relay.address }}
              layout="card"
            />
          )}
          {takesCredential(current) && <PairingForm card={current} onPaired={() => {}} />}
        </>
      )}
    </div>
  );
}

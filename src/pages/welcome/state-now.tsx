import { gatewayName, t } from '../../browser/i18n.ts';
import type { Health } from '../../health.ts';
import { accountOf, stateWord, takesCredential } from '../../ui/account.ts';
import { useAnnouncement } from '../../ui/announce.ts';
import { LazyRemedies } from '../../ui/lazy-remedies.tsx';
import { PairingForm } from '../../ui/pairing-form.tsx';
import { settled } from '../../ui/settled.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { useNow } from '../../ui/time.ts';

/** How the gateway is, and what there is to do about it. */
export function StateNow({ status }: { status: Health }) {
  const now = useNow();
  const current = settled(status, now);
  const account = accountOf(current, now);
  const [name, word] = [gatewayName(current), stateWord(current)];
  useAnnouncement(
    `${current.code} ${current.cause}`,
    account ? t('spoken', name, word, account.title) : t('spoken_short', name, word),
  );
  return (
    <div class="state" data-testid="state" data-state={current.code}>
      <p class="headline">
        <SilhouetteIcon code={current.code} />
        <strong>{word}</strong> <bdi class="soft">{name}</bdi>
      </p>
      {account === null ? (
        <p>{t('greeting_done_close')}</p>
      ) : (
        <>
          <p>{account.happened}</p>
          <p>{account.todo}</p>
          {account.diagnosis !== null && (
            <LazyRemedies
              diagnosis={account.diagnosis}
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

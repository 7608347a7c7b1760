import { useLayoutEffect, useState } from 'preact/hooks';
import { gatewayName, t } from '../browser/i18n.ts';
import { type StatusCode, worstOf } from '../gateway/status.ts';
import type { Health } from '../health.ts';
import type { Snapshot } from '../messages.ts';
import { accountOf, stateWord } from '../ui/account.ts';
import { useAnnouncement } from '../ui/announce.ts';
import { settled } from '../ui/settled.ts';
import { SilhouetteIcon } from '../ui/silhouette.tsx';
import { useNow } from '../ui/time.ts';
import { DoctorLink } from './doctor-link.tsx';
import { Footer } from './footer.tsx';
import { GatewayList } from './gateway-list.tsx';
import { StatusCard } from './status-card.tsx';
import { Welcome } from './welcome.tsx';

/** The whole popup. It decides nothing: it shows a snapshot and sends commands. */
export function Popup({ snapshot }: { snapshot: Snapshot }) {
  const now = useNow();
  const [selected, setSelected] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const statuses = snapshot.statuses.map((status) => settled(status, now));
  const { storageProblem } = snapshot;
  const shown = statuses.find(({ gatewayId }) => gatewayId === selected) ?? worstOf(statuses);
  const isLocked = shown === null && (storageProblem === 'newer' || storageProblem === 'unreadable');
  const code = shown?.code ?? (isLocked ? 'needs-you' : 'not-set-up');
  const cause = shown?.cause ?? null;

  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.status = code;
    if (cause === null) delete dataset.cause;
    else dataset.cause = cause;
  }, [code, cause]);
  useAnnouncement(
    `${shown?.gatewayId} ${code} ${code === 'relay' ? shown?.relay.cause : cause}`,
    shown ? spoken(shown, now) : stateWord({ code, cause }),
  );

  const onPaired = (gatewayId: string | null): void => {
    setSelected(gatewayId);
    setAdding(false);
  };

  return (
    <>
      <Header code={code} word={stateWord({ code, cause })} name={nameOf(shown, isLocked)} />
      {statuses.length > 1 && (
        <GatewayList statuses={statuses} shownId={shown?.gatewayId ?? null} onSelect={setSelected} />
      )}
      <main>
        {storageProblem !== null && (
          <p class="banner" role="alert">
            {t(`storage_${storageProblem}`)}
          </p>
        )}
        {shown !== null && !isAdding ? (
          <StatusCard key={shown.gatewayId} status={shown} now={now} onPaired={onPaired} />
        ) : (
          !isLocked && <Welcome isFirst={shown === null} onPaired={onPaired} />
        )}
      </main>
      {shown === null ? (
        <footer>
          <div class="bar">
            <DoctorLink gatewayId="" label="doctor" testId="open-doctor" />
          </div>
        </footer>
      ) : (
        <Footer key={shown.gatewayId} status={shown} isAdding={isAdding} onAdd={setAdding} />
      )}
    </>
  );
}

function Header({ code, word, name }: { code: StatusCode; word: string; name: string }) {
  return (
    <header>
      <SilhouetteIcon code={code} />
      <div>
        <h1>{word}</h1>
        <p class="soft small">
          <bdi>{name}</bdi>
        </p>
      </div>
    </header>
  );
}

const nameOf = (shown: Health | null, isLocked: boolean): string =>
  shown ? gatewayName(shown) : t(isLocked ? 'storage_title' : 'extension_name');

function spoken(status: Health, now: number): string {
  const account = accountOf(status, now);
  const [name, word] = [gatewayName(status), stateWord(status)];
  return account ? t('spoken', name, word, account.title) : t('spoken_short', name, word);
}

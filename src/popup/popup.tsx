import { useLayoutEffect, useState } from 'preact/hooks';
import { gatewayName, t } from '../browser/i18n.ts';
import { PROOF_LASTS_MS } from '../gateway/recovery.ts';
import { type Status, type StatusCode, worstOf } from '../gateway/status.ts';
import type { Snapshot } from '../messages.ts';
import { accountOf, stateWord } from '../ui/account.ts';
import { useAnnouncement } from '../ui/announce.ts';
import { SilhouetteIcon } from '../ui/silhouette.tsx';
import { useNow } from '../ui/time.ts';
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
    `${shown?.gatewayId} ${code} ${cause}`,
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
      {shown !== null && (
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

const nameOf = (shown: Status | null, isLocked: boolean): string =>
  shown ? gatewayName(shown) : t(isLocked ? 'storage_title' : 'extension_name');

/** [C4] Green expires here too: a worker that died cannot take it back. */
const settled = (status: Status, now: number): Status =>
  (status.code === 'healthy' || status.code === 'healed') && now - (status.provenAt ?? 0) > PROOF_LASTS_MS
    ? { ...status, code: 'unknown' }
    : status;

function spoken(status: Status, now: number): string {
  const account = accountOf(status, now);
  const [name, word] = [gatewayName(status), stateWord(status)];
  return account ? t('spoken', name, word, account.title) : t('spoken_short', name, word);
}

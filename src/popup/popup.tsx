import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { FormPurpose } from '../browser/page/draft.ts';
import { type StatusCode, worstOf } from '../gateway/status.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { knownAt, settled } from '../gateway-status.ts';
import { useAnnouncement } from '../ui/announce.ts';
import { askedGateway } from '../ui/gateway-chooser.tsx';
import { OptionsLink } from '../ui/options-link.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { SilhouetteIcon } from '../ui/silhouette.tsx';
import { tellStatuses } from '../ui/statuses.ts';
import { useNow } from '../ui/use-now.ts';
import { explanationOf, headingOf, spokenState, stateWord } from '../words/explanation.ts';
import { gatewayName } from '../words/gateway-name.ts';
import { clockTime } from '../words/time.ts';
import { Footer } from './footer.tsx';
import { GatewayList } from './gateway-list.tsx';
import type { LastKnown } from './last-known.ts';
import { LazyDraftKeeper } from './lazy-parts.tsx';
import { StatusCard } from './status-card.tsx';
import { Welcome } from './welcome.tsx';

/** Which form the page's address asks for: to add a gateway, or to pair with the one that it names again. */
function askedForm(): FormPurpose | null {
  const asked = new URLSearchParams(location.search);
  return asked.has('add') ? 'new' : asked.has('pair') ? 'again' : null;
}

/**
 * The whole popup. It decides nothing: it shows a snapshot and sends commands.
 *
 * @param old gateways of which this is what was stored, or what an earlier worker said: its age is told
 */
export function Popup({ snapshot, old }: LastKnown) {
  const now = useNow();
  const [selected, setSelected] = useState(askedGateway);
  const [form, setForm] = useState(askedForm);
  const statuses = snapshot.statuses.map((status) => settled(status, now));
  tellStatuses(statuses);
  const { storageProblem } = snapshot;
  const shown = statuses.find(({ gatewayId }) => gatewayId === selected) ?? worstOf(statuses);
  const isLocked = shown === null && (storageProblem === 'newer' || storageProblem === 'unreadable');
  const code = shown?.code ?? (isLocked ? 'needs-you' : 'not-set-up');
  const cause = shown?.cause ?? null;
  const word = stateWord({ code, cause, provenAt: shown?.provenAt });

  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.status = code;
    if (cause === null) delete dataset.cause;
    else dataset.cause = cause;
    if (shown === null) delete dataset.gateway;
    else dataset.gateway = shown.gatewayId;
  }, [code, cause, shown?.gatewayId]);
  useAnnouncement(
    `${shown?.gatewayId} ${code} ${code === 'relay' ? shown?.relay.cause : cause}`,
    shown ? spokenState(shown, now) : word,
  );

  const show = (gatewayId: string | null): void => {
    setSelected(gatewayId);
    setForm(null);
  };

  const main = useRef<HTMLElement>(null);
  const isTouched = useRef(false);
  const stay = (): void => {
    isTouched.current = true;
    if (shown !== null) setSelected(shown.gatewayId);
  };

  const { activeElement, body } = document;
  // The field of a card that goes has the focus by us, and takes it along.
  const isFocusOurs =
    activeElement === body || (!isTouched.current && main.current?.contains(activeElement) === true);

  return (
    <>
      <Header
        code={code}
        title={shown ? headingOf(shown, explanationOf(shown, now)) : word}
        name={nameOf(shown, isLocked)}
        since={shown && sinceOf(shown, now)}
        age={shown !== null && old.has(shown.gatewayId) ? ageOf(shown, now) : null}
      />
      {statuses.length > 1 && (
        <GatewayList statuses={statuses} shownId={shown?.gatewayId ?? null} onSelect={show} />
      )}
      <LazyDraftKeeper
        form={form}
        gatewayId={shown?.gatewayId ?? null}
        onRestore={(begun, gatewayId) => {
          show(gatewayId);
          setForm(begun);
        }}
      />
      {/* A user who has begun something on a card stays there, even if another gateway gets worse. The field comes first: a
          new painting before it has heard of an input would take that back. */}
      <main ref={main} onPointerDown={stay} onKeyDown={stay} onInput={stay}>
        {storageProblem !== null && (
          <p class="banner" role="alert">
            {t(`storage_${storageProblem}`)}
          </p>
        )}
        {shown !== null && form === null ? (
          <StatusCard
            key={shown.gatewayId}
            status={shown}
            now={now}
            isFocused={isFocusOurs}
            onPaired={show}
          />
        ) : (
          !isLocked && (
            <Welcome
              key={form === 'new' ? form : `${form} ${shown?.gatewayId}`}
              known={form === 'new' ? null : shown}
              isFirst={shown === null}
              onPaired={show}
            />
          )
        )}
      </main>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears of its buttons, and is none itself. */}
      <footer onPointerDown={stay} onKeyDown={stay}>
        {shown === null ? (
          <div class="bar">
            <PageLink page="doctor" gatewayId="" />
          </div>
        ) : (
          <Footer
            key={shown.gatewayId}
            status={shown}
            isAdding={form !== null}
            onAdd={(is) => setForm(is ? 'new' : null)}
          />
        )}
      </footer>
    </>
  );
}

interface HeaderProps {
  code: StatusCode;
  title: string;
  name: string;
  /** Since when it is so; `null` where that says nothing. */
  since: string | null;
  /** Of what is shown; `null` if it is of now. */
  age: string | null;
}

/** State and title are one. */
const Header = ({ code, title, name, since, age }: HeaderProps) => (
  <header>
    <SilhouetteIcon code={code} />
    <div>
      <h1 id="state-title">{title}</h1>
      <p class="soft small">
        <bdi title={name}>{name}</bdi>
        {since !== null && <span>{since}</span>}
        {age !== null && <span data-testid="age">{age}</span>}
      </p>
    </div>
    <OptionsLink />
  </header>
);

function sinceOf({ code, since, relay }: GatewayStatus, now: number): string | null {
  const at = code === 'relay' ? relay.since : since;
  return at === null || code === 'unknown' ? null : t('since', clockTime(at, now));
}

function ageOf(shown: GatewayStatus, now: number): string | null {
  const at = knownAt(shown);
  return at === null ? null : t('as_of', clockTime(at, now));
}

const nameOf = (shown: GatewayStatus | null, isLocked: boolean): string =>
  shown ? gatewayName(shown) : t(isLocked ? 'storage_title' : 'extension_name');

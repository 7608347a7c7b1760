import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { download } from '../../browser/page/download.ts';
import type { StoredHistory } from '../../browser/stored-history.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { toCsv, toJson } from '../../history/export.ts';
import { RANGES, type RangeId, stretch } from '../../history/range.ts';
import { upTo } from '../../history/record.ts';
import type { History } from '../../history/state.ts';
import { type Slot, strip, summarise } from '../../history/summary.ts';
import type { Snapshot } from '../../messages.ts';
import { announce, useAnnouncement } from '../../ui/announce.ts';
import { GatewayChooser } from '../../ui/gateway-chooser.tsx';
import { lazy } from '../../ui/lazy.tsx';
import { OptionsLink } from '../../ui/options-link.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { useChosenGateway } from '../../ui/use-chosen-gateway.ts';
import { useNow } from '../../ui/use-now.ts';
import { stateWord } from '../../words/explanation.ts';
import { DeleteHistory } from './delete-history.tsx';
import { IncidentList } from './incident-list.tsx';
import { ReasonList } from './reason-list.tsx';
import { Strip } from './strip.tsx';
import { Figures } from './summary-figures.tsx';
import { useHistory } from './use-history.ts';
import { dayTime, rangeName } from './words.ts';

/** Milliseconds. How often strip and figures are made anew while nothing happens, and while an incident lasts. */
const REDRAWN_EVERY_MS = { calm: 10_000, running: 1_000 };

/** The whole page. It follows what the worker records. */
export function HistoryPage({ snapshot }: { snapshot: Snapshot }) {
  const now = useNow();
  const { statuses, status, name, choose } = useChosenGateway(snapshot, now, 'history');
  const past = useHistory(status?.gatewayId ?? null);
  useLayoutEffect(() => {
    document.documentElement.dataset.past = status === null ? 'none' : (past?.type ?? 'loading');
  }, [status === null, past?.type]);
  const state = status === null ? '' : stateWord(status);
  useAnnouncement(`${status?.gatewayId} ${status?.code}`, t('spoken_short', name, state));
  return (
    <>
      <header>
        <div class="title">
          <h1>{t('history')}</h1>
          <p class="soft">
            <bdi>{name}</bdi>
          </p>
        </div>
        <GatewayChooser statuses={statuses} shown={status} onChoose={choose} />
        {status !== null && (
          <>
            <PageLink page="doctor" gatewayId={status.gatewayId} />
            <OptionsLink />
            <Actions key={status.gatewayId} status={status} past={past} now={now} />
          </>
        )}
      </header>
      <main>
        {status === null ? (
          <NoGateway problem={snapshot.storageProblem} />
        ) : (
          past !== null && <PastOf key={status.gatewayId} status={status} past={past} now={now} />
        )}
      </main>
    </>
  );
}

const isEmpty = ({ startedAt, incidents, watched }: History): boolean =>
  startedAt === null && incidents.length === 0 && watched.length === 0;

function Actions({ status, past, now }: { status: GatewayStatus; past: StoredHistory | null; now: number }) {
  const history = past?.type === 'value' && !isEmpty(past.value) ? past.value : null;
  /** Named by the day, and not by the gateway: a file is passed on more easily than one thinks of its name. */
  function save(extension: 'json' | 'csv', type: string, text: string): void {
    const file = `relay-health-history-${new Date(now).toISOString().slice(0, 10)}.${extension}`;
    download(file, type, text);
    announce(t('history_exported', file));
  }
  return (
    <div class="actions">
      <button
        type="button"
        data-testid="export-json"
        aria-disabled={history === null}
        onClick={() =>
          history && save('json', 'application/json', toJson({ name: status.name }, history, now))
        }
      >
        {t('history_export_json')}
      </button>
      <button
        type="button"
        data-testid="export-csv"
        aria-disabled={history === null}
        onClick={() => history && save('csv', 'text/csv', toCsv(history))}
      >
        {t('history_export_csv')}
      </button>
      {/* What cannot be read can be deleted all the same. */}
      <DeleteHistory
        gatewayId={status.gatewayId}
        isEmpty={past === null || (past.type === 'value' && history === null)}
      />
    </div>
  );
}

function NoGateway({ problem }: { problem: Snapshot['storageProblem'] }) {
  if (problem !== null) {
    return <Notice title={t('storage_title')} text={t(`storage_${problem}`)} />;
  }
  return (
    <Notice title={t('history_none_title')} text={t('history_none_text')}>
      <p>
        <a href="/src/popup/index.html">{t('doctor_none_pair')}</a>
      </p>
    </Notice>
  );
}

interface NoticeProps {
  title: string;
  text: string;
  children?: preact.ComponentChildren;
}

const Notice = ({ title, text, children }: NoticeProps) => (
  <section class="panel" data-testid="notice">
    <h2>{title}</h2>
    <p>{text}</p>
    {children}
  </section>
);

function PastOf({ status, past, now }: { status: GatewayStatus; past: StoredHistory; now: number }) {
  if (past.type !== 'value') {
    const text = t(past.type === 'newer' ? 'history_newer' : 'history_unreadable');
    return <Notice title={t('history_unusable_title')} text={text} />;
  }
  if (isEmpty(past.value)) {
    return <Notice title={t('history_empty_title')} text={t('history_empty_text')} />;
  }
  return <Record status={status} stored={past.value} now={now} />;
}

/** Without the time before the first record, row by row: an axis of nothing tells nothing. */
function known(slots: readonly Slot[], perRow: number): readonly Slot[] {
  const first = slots.findIndex(({ kind }) => kind !== 'nothing');
  const empty = first < 0 ? slots.length - perRow : Math.min(first, slots.length - perRow);
  return slots.slice(empty - (empty % perRow));
}

/** It knows what every client can meet. */
const LazyOthersList = lazy(() => import('./others-list.tsx').then(({ OthersList }) => OthersList));

const RANGE_IDS = Object.keys(RANGES) as RangeId[];

function Record({ status, stored, now }: { status: GatewayStatus; stored: History; now: number }) {
  const [range, setRange] = useState<RangeId>('day');
  const isPaused = status.code === 'paused';
  const every = REDRAWN_EVERY_MS[stored.incidents.at(-1)?.endedAt === null ? 'running' : 'calm'];
  const { history, slots, summary, from, to } = useMemo(() => {
    const history = isPaused ? stored : upTo(stored, now);
    const { from, to } = stretch(range, now, new Date(now).setHours(24, 0, 0, 0));
    const slots = known(strip(history, from, to, RANGES[range].slots, now), RANGES[range].perRow);
    return { history, slots, summary: summarise(history, from, to, now), from, to };
  }, [stored, range, isPaused, Math.floor(now / every)]);
  const since = history.watched[0]?.from ?? history.startedAt;
  return (
    <>
      <section class="panel">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in its line. */}
        <div class="ranges" role="group" aria-label={t('history_range')}>
          {RANGE_IDS.map((id) => (
            <button
              key={id}
              type="button"
              data-range={id}
              aria-pressed={id === range}
              onClick={() => setRange(id)}
            >
              {rangeName(id)}
            </button>
          ))}
          {since !== null && <p class="soft small">{t('history_since', dayTime(since))}</p>}
        </div>
        <Strip key={range} range={range} slots={slots} summary={summary} history={history} now={now} />
      </section>
      <Figures summary={summary} />
      <IncidentList
        key={`${range} list`}
        gatewayId={status.gatewayId}
        summary={summary}
        history={history}
        now={now}
      />
      <ReasonList incidents={summary.incidents} />
      <LazyOthersList gatewayId={status.gatewayId} from={from} to={to} now={now} />
    </>
  );
}

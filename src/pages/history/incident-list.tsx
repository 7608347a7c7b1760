import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import type { History, Incident } from '../../history/state.ts';
import { type Summary, watchedOf } from '../../history/summary.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { nameOf } from '../../words/faults.ts';
import { number } from '../../words/figures.ts';
import { STATES } from '../../words/states.ts';
import { clockTime, longSpan, MINUTE_MS } from '../../words/time.ts';
import { endingWords } from './words.ts';

const AT_ONCE = 20;

interface Props {
  gatewayId: string;
  summary: Summary;
  history: History;
  now: number;
}

/** What happened, the newest first; one that lasts is always the newest. */
export function IncidentList({ gatewayId, summary: { incidents, watchedMs }, history, now }: Props) {
  const [shown, setShown] = useState(AT_ONCE);
  const list = useRef<HTMLOListElement>(null);
  const more = Math.min(AT_ONCE, incidents.length - shown);
  useEffect(() => {
    // The button moved away from under the focus, or is gone: what it brought takes over.
    if (shown > AT_ONCE) (list.current?.children[shown - AT_ONCE] as HTMLElement | undefined)?.focus();
  }, [shown]);
  return (
    <section class="panel">
      <h2>
        {t('history_incidents')} <span class="soft count">{number(incidents.length)}</span>
      </h2>
      {incidents.length === 0 ? (
        <p class="soft">{t(watchedMs === 0 ? 'history_incidents_unwatched' : 'history_incidents_none')}</p>
      ) : (
        <ol class="incidents" ref={list}>
          {incidents
            .toReversed()
            .slice(0, shown)
            .map((incident) => (
              <IncidentRow
                key={incident.startedAt}
                gatewayId={gatewayId}
                incident={incident}
                history={history}
                now={now}
              />
            ))}
        </ol>
      )}
      {more > 0 && (
        <button type="button" data-testid="show-more" onClick={() => setShown(shown + AT_ONCE)}>
          {t('history_more', number(more))}
        </button>
      )}
    </section>
  );
}

function IncidentRow({
  gatewayId,
  incident,
  history,
  now,
}: {
  gatewayId: string;
  incident: Incident;
  history: History;
  now: number;
}) {
  const { startedAt, endedAt, cause, closeCode, worst, cure } = incident;
  const lengthMs = Math.max(0, (endedAt ?? now) - startedAt);
  const watchedMs = watchedOf(history, incident, now);
  return (
    <li
      data-incident={startedAt}
      data-cause={cause}
      data-cure={cure ?? 'running'}
      data-tone={STATES[worst].tone}
      tabIndex={-1}
    >
      <SilhouetteIcon code={worst} />
      <p class="when">
        <time dateTime={new Date(startedAt).toISOString()}>{clockTime(startedAt, now)}</time>{' '}
        <span class="length">
          {endedAt === null ? t('history_lasts', longSpan(lengthMs)) : longSpan(lengthMs)}
        </span>
      </p>
      <div>
        <p>
          <strong>{nameOf(cause)}</strong>{' '}
          <code class="raw">{closeCode === null ? cause : `${cause} · ${closeCode}`}</code>
        </p>
        <p class="soft small">
          {[
            endingWords(incident),
            // The browser was closed, or monitoring paused, for the rest.
            ...(lengthMs - watchedMs > 2 * MINUTE_MS ? [t('history_seen', longSpan(watchedMs))] : []),
          ].join(' · ')}
        </p>
        {endedAt === null && <PageLink page="doctor" gatewayId={gatewayId} label="open_doctor" />}
      </div>
    </li>
  );
}

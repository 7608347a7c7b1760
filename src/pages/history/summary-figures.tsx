import { t } from '../../browser/i18n.ts';
import type { Summary } from '../../history/summary.ts';
import { number, share } from '../../words/figures.ts';
import { longSpan, span } from '../../words/time.ts';

interface Figure {
  readonly id: string;
  readonly label: string;
  /** `null`: there was nothing to measure. */
  readonly value: string | null;
  readonly note?: string | null;
}

/** The figures of the stretch that is shown. */
export function Figures({ summary }: { summary: Summary }) {
  const { watchedMs, availability, awayMs, helloMs, helloP95Ms, repairs } = summary;
  const figures: readonly Figure[] = [
    { id: 'watched', label: t('history_figure_watched'), value: longSpan(watchedMs) },
    {
      id: 'connected',
      label: t('history_figure_connected'),
      value: availability === null ? null : share(availability),
      note: t('history_figure_connected_note'),
    },
    {
      id: 'reconnect',
      label: t('history_figure_reconnect'),
      value: awayMs === null ? null : span(awayMs),
      note: t('history_median'),
    },
    {
      id: 'hello',
      label: t('history_figure_hello'),
      value: helloMs === null ? null : span(helloMs),
      note: helloP95Ms === null ? null : t('history_p95', span(helloP95Ms)),
    },
    { id: 'repairs', label: t('history_figure_repairs'), value: number(repairs) },
  ];
  return (
    <section class="panel" aria-label={t('history_figures')}>
      <dl class="figures">
        {figures.map(({ id, label, value, note }) => (
          <div key={id} data-figure={id}>
            <dt>{label}</dt>
            {value === null ? (
              <dd class="soft">{t('history_no_sample')}</dd>
            ) : (
              <dd>
                <strong>{value}</strong>
                {note && <span class="soft small">{note}</span>}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

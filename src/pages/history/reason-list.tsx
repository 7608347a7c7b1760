import { t } from '../../browser/i18n.ts';
import type { Incident } from '../../history/state.ts';
import { closeReasons } from '../../history/summary.ts';
import { nameOf } from '../../words/faults.ts';
import { number } from './words.ts';

/** How often each reason began an incident, the most frequent first. Nothing without incidents. */
export function ReasonList({ incidents }: { incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null;
  return (
    <section class="panel">
      <h2>{t('history_reasons')}</h2>
      <ul class="reasons" data-testid="close-reasons">
        {closeReasons(incidents).map(({ closeCode, cause, count }) => (
          <li key={`${closeCode} ${cause}`} data-close-code={closeCode ?? ''} data-count={count}>
            <span class="times">
              <span aria-hidden="true">{number(count)} ×</span>
              <span class="visually-hidden">{t('history_reason_count', number(count))}</span>
            </span>
            <span>{nameOf(cause)}</span>
            {closeCode === null ? (
              <span class="soft small">{t('history_reason_no_code')}</span>
            ) : (
              <code class="raw">{closeCode}</code>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

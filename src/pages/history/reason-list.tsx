import { t } from '../../browser/i18n.ts';
import type { Incident } from '../../history/state.ts';
import { closeReasons } from '../../history/summary.ts';
import { nameOf } from '../../words/faults.ts';
import { number } from '../../words/figures.ts';

/** What began incidents more than once, the most frequent first. A table of ones says no more than the list above. */
export function ReasonList({ incidents }: { incidents: readonly Incident[] }) {
  const reasons = closeReasons(incidents).filter(({ count }) => count > 1);
  if (reasons.length === 0) return null;
  return (
    <section class="panel">
      <h2>{t('history_reasons')}</h2>
      <ul class="reasons" data-testid="close-reasons">
        {reasons.map(({ closeCode, cause, count }) => (
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

import { t } from '../../browser/i18n.ts';

export interface ReportProps {
  text: string;
  includesHosts: boolean;
  onIncludeHosts: (includes: boolean) => void;
}

/** What would be copied, word for word, before it is. */
export function ReportPanel({ text, includesHosts, onIncludeHosts }: ReportProps) {
  return (
    <details class="panel fold report" id="report">
      <summary>
        <h2>{t('doctor_report')}</h2>
        <span class="note">{t('doctor_report_note')}</span>
      </summary>
      <p class="soft small">{t('doctor_report_hint')}</p>
      <label class="choice">
        <input
          type="checkbox"
          data-testid="include-hosts"
          checked={includesHosts}
          onChange={(event) => onIncludeHosts(event.currentTarget.checked)}
        />
        <span>{t('doctor_report_hosts')}</span>
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre data-testid="report" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}

import { t } from '../browser/i18n.ts';

/** The gear in a page's header. The path is from the extension's root, so it is right in every page. */
export const OptionsLink = () => (
  <a
    class="gear"
    data-testid="open-options"
    href="/src/pages/options/index.html"
    target="_blank"
    rel="noopener"
    title={t('options_open')}
  >
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="10" cy="10" r="7.2" stroke-width="2.4" stroke-dasharray="2.83" />
      <circle cx="10" cy="10" r="4.6" stroke-width="2.4" />
    </svg>
    <span class="visually-hidden">{t('options_open')}</span>
  </a>
);

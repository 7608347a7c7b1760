import { t } from '../browser/i18n.ts';

/** Leads to the demo. The path is from the extension's root, so it is right in every page. */
export const DemoLink = () => (
  <p class="soft">
    {t('demo_hint')}{' '}
    <a href="/src/pages/demo/index.html" target="_blank" rel="noopener" data-testid="open-demo">
      {t('demo_open')}
    </a>
  </p>
);

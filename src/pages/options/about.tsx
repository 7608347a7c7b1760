import { t } from '../../browser/i18n.ts';
import { extensionVersions } from '../../browser/page/own-versions.ts';
import { DemoLink } from '../../ui/demo-link.tsx';
import { Section } from './controls.tsx';

/** Of the official extension, in the Chrome Web Store. */
const OFFICIAL_ID = 'kcdjddhmeafeomebliikmbpblkmkfoig';

export const About = () => (
  <Section id="about" title={t('options_about')}>
    <p>
      <strong>{t('extension_name')}</strong> · {t('options_version', extensionVersions().extension)}
    </p>
    <p>{t('options_unofficial')}</p>
    <DemoLink />
    <p>{t('options_official')}</p>
    <p>
      <a href={`https://chromewebstore.google.com/detail/${OFFICIAL_ID}`} target="_blank" rel="noreferrer">
        <code>{OFFICIAL_ID}</code>
      </a>
    </p>
  </Section>
);

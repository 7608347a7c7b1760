import { t } from '../../browser/i18n.ts';
import type { StatusCode } from '../../gateway/status.ts';
import type { Settings } from '../../settings.ts';
import { type IconSet, iconPath } from '../../words/icon-set.ts';
import { Choice, Section } from './controls.tsx';
import type { Save } from './use-settings.ts';

/** What most people see, and what they should not miss. */
const EXAMPLES: readonly StatusCode[] = ['healthy', 'reconnecting', 'needs-you'];

/** The pictures themselves, on a toolbar of the shade that they are for. */
const Pictures = ({ set }: { set: IconSet }) => (
  <span class="pictures" data-set={set}>
    {EXAMPLES.map((code) => (
      <img key={code} src={iconPath(code, set, 32)} width="16" height="16" alt="" />
    ))}
  </span>
);

export const Appearance = ({ settings, save }: { settings: Settings; save: Save }) => (
  <Section id="appearance" title={t('options_appearance')}>
    <Choice
      name="theme"
      title={t('settings_theme')}
      value={settings.theme}
      options={[
        { value: 'system', label: t('settings_theme_system') },
        { value: 'light', label: t('settings_theme_light') },
        { value: 'dark', label: t('settings_theme_dark') },
      ]}
      onChoose={(theme, label) => save({ theme }, t('settings_theme'), label)}
    />
    <Choice
      name="icons"
      title={t('settings_icons')}
      value={settings.icons}
      options={[
        {
          value: 'auto',
          label: t('settings_icons_auto'),
          picture: (
            <>
              <Pictures set="color" />
              <Pictures set="color-on-dark" />
            </>
          ),
        },
        { value: 'color', label: t('settings_icons_color'), picture: <Pictures set="color" /> },
        { value: 'on-light', label: t('settings_icons_on_light'), picture: <Pictures set="on-light" /> },
        { value: 'on-dark', label: t('settings_icons_on_dark'), picture: <Pictures set="on-dark" /> },
      ]}
      onChoose={(icons, label) => save({ icons }, t('settings_icons'), label)}
    />
    <p class="soft small">{t('settings_text_size')}</p>
  </Section>
);

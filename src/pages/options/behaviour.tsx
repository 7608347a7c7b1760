import { t } from '../../browser/i18n.ts';
import type { Settings } from '../../settings.ts';
import { Choice, Section, Switch } from './controls.tsx';
import type { Save } from './use-settings.ts';

const onOrOff = (isOn: boolean): string => t(isOn ? 'options_on' : 'options_off');

interface Props {
  settings: Settings;
  /** The gateway secret of at least one gateway is saved: without it nothing can be repaired. */
  canRepair: boolean;
  save: Save;
}

export const Behaviour = ({ settings, canRepair, save }: Props) => (
  <Section id="behaviour" title={t('options_behaviour')}>
    <Switch
      name="repairs-by-itself"
      label={t('settings_repairs')}
      hint={t(canRepair ? 'settings_repairs_hint' : 'settings_repairs_idle')}
      isOn={settings.repairsByItself}
      isIdle={!canRepair}
      onSwitch={(repairsByItself) =>
        save({ repairsByItself }, t('settings_repairs'), onOrOff(repairsByItself))
      }
    />
    <Switch
      name="shows-ok"
      label={t('settings_shows_ok')}
      isOn={settings.showsOk}
      onSwitch={(showsOk) => save({ showsOk }, t('settings_shows_ok'), onOrOff(showsOk))}
    />
    <Switch
      name="counts-others"
      label={t('settings_counts_others')}
      hint={t('settings_counts_others_hint')}
      isOn={settings.countsOthers}
      onSwitch={(countsOthers) => save({ countsOthers }, t('settings_counts_others'), onOrOff(countsOthers))}
    />
    <Choice
      name="keep-days"
      title={t('settings_keep_days')}
      value={settings.keepDays}
      options={([7, 30, 90] as const).map((value) => ({ value, label: t('settings_days', value) }))}
      onChoose={(keepDays, label) => save({ keepDays }, t('settings_keep_days'), label)}
    />
  </Section>
);

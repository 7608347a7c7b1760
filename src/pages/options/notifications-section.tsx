import { useEffect, useState } from 'preact/hooks';
import { language, t } from '../../browser/i18n.ts';
import {
  type Allowed,
  allowed,
  requestNotifications,
  showTestNotification,
} from '../../browser/permissions.ts';
import type { NotifyLevel, NotifySettings } from '../../notify/policy.ts';
import { clockTime } from '../../words/time.ts';
import { Choice, Section, Switch } from './controls.tsx';
import { useTell } from './toast.tsx';
import type { Save } from './use-settings.ts';

interface Props {
  notify: NotifySettings;
  isAllowed: Allowed['notifications'];
  save: Save;
  now: number;
}

/** How much to tell, and when not. They need a permission, which is asked for in the click that turns them on. */
export function Notifications({ notify, isAllowed, save, now }: Props) {
  const [refusal, setRefusal] = useState<'settings_notify_refused' | 'settings_notify_revoked' | null>(null);
  const { level } = notify;

  useEffect(() => {
    if (level === 'off' || isAllowed) return;
    // What was allowed a moment ago may not have been seen yet.
    void allowed().then(async ({ notifications }) => {
      if (notifications) return;
      setRefusal('settings_notify_revoked');
      await save({ notify: { ...notify, level: 'off' } }, t('settings_level'), t('settings_level_off'));
    });
  }, [level, isAllowed]);

  async function choose(next: NotifyLevel, label: string): Promise<void> {
    setRefusal(null);
    // First of all: the browser asks only within the click.
    if (next !== 'off' && !isAllowed && !(await requestNotifications())) {
      setRefusal('settings_notify_refused');
      return;
    }
    await save({ notify: { ...notify, level: next } }, t('settings_level'), label);
  }

  return (
    <Section id="notifications" title={t('options_notifications')}>
      <Choice
        name="notify-level"
        title={t('settings_level')}
        value={level}
        options={[
          { value: 'off', label: t('settings_level_off'), hint: t('settings_level_off_hint') },
          {
            value: 'needs-you',
            label: t('settings_level_needs_you'),
            hint: t('settings_level_needs_you_hint'),
          },
          { value: 'all', label: t('settings_level_all'), hint: t('settings_level_all_hint') },
        ]}
        onChoose={choose}
      />
      {refusal !== null && (
        <p class="problem" role="alert" data-testid="notify-problem">
          {t(refusal)}
        </p>
      )}
      {level !== 'off' && (
        <>
          <Switch
            name="notify-others"
            label={t('settings_notify_others')}
            hint={t('settings_notify_others_hint')}
            isOn={notify.others}
            onSwitch={(others) =>
              save(
                { notify: { ...notify, others } },
                t('settings_notify_others'),
                t(others ? 'options_on' : 'options_off'),
              )
            }
          />
          <QuietHours notify={notify} save={save} />
          <Snooze notify={notify} save={save} now={now} />
          <Test />
        </>
      )}
    </Section>
  );
}

/** A night, until the user says otherwise. Minutes of the day. */
const USUAL_QUIET = { from: 22 * 60, to: 7 * 60 };

/** As `<input type="time">` has it: HH:MM. */
const fieldText = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const minuteOf = (text: string): number | null => {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
};

/** As the user's language has it. */
const timeText = (minute: number): string =>
  new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit' }).format(
    new Date(2000, 0, 1, 0, minute),
  );

function QuietHours({ notify, save }: Pick<Props, 'notify' | 'save'>) {
  /** What stands in the fields while it cannot be saved. */
  const [draft, setDraft] = useState<{ from: string; to: string } | null>(null);
  const [problem, setProblem] = useState<'settings_quiet_invalid' | 'settings_quiet_same' | null>(null);
  const { quietHours } = notify;
  const shown = draft ?? {
    from: fieldText((quietHours ?? USUAL_QUIET).from),
    to: fieldText((quietHours ?? USUAL_QUIET).to),
  };

  function keep(next: NotifySettings['quietHours']): void {
    setDraft(null);
    setProblem(null);
    const value = next ? t('settings_quiet_value', timeText(next.from), timeText(next.to)) : t('options_off');
    void save({ notify: { ...notify, quietHours: next } }, t('settings_quiet'), value);
  }

  function edit(changed: Partial<typeof shown>): void {
    const next = { ...shown, ...changed };
    const [from, to] = [minuteOf(next.from), minuteOf(next.to)];
    if (from !== null && to !== null && from !== to) {
      keep({ from, to });
      return;
    }
    setDraft(next);
    setProblem(from !== null && from === to ? 'settings_quiet_same' : 'settings_quiet_invalid');
  }

  const field = (which: 'from' | 'to', label: string) => (
    <label>
      {label}
      <input
        type="time"
        data-testid={`quiet-${which}`}
        value={shown[which]}
        aria-invalid={problem !== null}
        onChange={(event) => edit({ [which]: event.currentTarget.value })}
      />
    </label>
  );

  return (
    <div class="group">
      <Switch
        name="quiet-hours"
        label={t('settings_quiet')}
        hint={t('settings_quiet_hint')}
        isOn={quietHours !== null}
        onSwitch={(isOn) => keep(isOn ? USUAL_QUIET : null)}
      />
      {quietHours !== null && (
        <div class="times">
          {field('from', t('settings_quiet_from'))}
          {field('to', t('settings_quiet_to'))}
        </div>
      )}
      {problem !== null && (
        <p class="problem" role="alert">
          {t(problem)}
        </p>
      )}
    </div>
  );
}

const HOUR_MS = 3_600_000;

/** When people begin their day, as far as we dare to say. Milliseconds since the epoch. */
function tomorrowMorning(now: number): number {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(8, 0, 0, 0);
}

function Snooze({ notify, save, now }: Pick<Props, 'notify' | 'save' | 'now'>) {
  const { snoozedUntil } = notify;
  const until = snoozedUntil !== null && snoozedUntil > now ? snoozedUntil : null;
  const snooze = (next: number | null): void => {
    const value = next === null ? t('options_off') : t('settings_snooze_value', clockTime(next, now));
    void save({ notify: { ...notify, snoozedUntil: next } }, t('settings_snooze'), value);
  };
  const morning = clockTime(tomorrowMorning(now), tomorrowMorning(now));
  return (
    <fieldset data-testid="snooze">
      <legend>{t('settings_snooze')}</legend>
      <p class="soft small">
        {until === null ? t('settings_snooze_none') : t('settings_snooze_until', clockTime(until, now))}
      </p>
      <div class="actions">
        <button type="button" data-testid="snooze-hour" onClick={() => snooze(Date.now() + HOUR_MS)}>
          {t('settings_snooze_hour')}
        </button>
        <button
          type="button"
          data-testid="snooze-tomorrow"
          onClick={() => snooze(tomorrowMorning(Date.now()))}
        >
          {t('settings_snooze_tomorrow', morning)}
        </button>
        <button type="button" data-testid="snooze-end" hidden={until === null} onClick={() => snooze(null)}>
          {t('settings_snooze_end')}
        </button>
      </div>
    </fieldset>
  );
}

/** Whether the system shows what the browser was given cannot be seen from here. */
function Test() {
  const tell = useTell();
  const show = (): Promise<void> =>
    showTestNotification(t('settings_test_title'), t('settings_test_message')).then(
      () => tell(t('settings_test_sent')),
      () => tell(t('settings_test_failed'), true),
    );
  return (
    <p>
      <button type="button" data-testid="send-test" onClick={show}>
        {t('settings_test')}
      </button>
    </p>
  );
}

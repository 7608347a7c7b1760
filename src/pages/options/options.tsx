import { useCallback, useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { type Allowed, followAllowed } from '../../browser/permissions.ts';
import { settled } from '../../gateway-status.ts';
import type { Snapshot } from '../../messages.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { useNow } from '../../ui/use-now.ts';
import { problemSentence } from '../../words/problems.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Behaviour } from './behaviour.tsx';
import { Danger } from './danger.tsx';
import { Gateways } from './gateways.tsx';
import { Notifications } from './notifications-section.tsx';
import { Permissions } from './permissions-section.tsx';
import { Privacy } from './privacy.tsx';
import { ToastLine, ToastProvider, useToast } from './toast.tsx';
import { type Save, useSettings } from './use-settings.ts';

const SECTIONS = [
  ['gateways', 'gateways'],
  ['notifications', 'options_notifications'],
  ['behaviour', 'options_behaviour'],
  ['permissions', 'options_permissions'],
  ['appearance', 'options_appearance'],
  ['privacy', 'options_privacy'],
  ['about', 'options_about'],
  ['danger', 'options_danger'],
] as const;

/** The whole page. It changes on a click, at once; there is nothing to submit. */
export function Options({ snapshot }: { snapshot: Snapshot }) {
  const now = useNow();
  const [told, tell, hide] = useToast();
  const { settings, isUnreadable, change } = useSettings();
  const [allowed, setAllowed] = useState<Allowed | null>(null);
  useEffect(() => followAllowed(setAllowed), []);
  const isReady = settings !== null && allowed !== null;
  useEffect(() => {
    // The section that the address names was not there when the browser looked for it.
    if (isReady) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isReady]);

  const save = useCallback<Save>(
    async (patch, setting, value) => {
      const reply = await change(patch);
      if (reply.ok) tell(t('options_saved', setting, value));
      else tell(t('options_not_saved', problemSentence(reply.problem)), true);
    },
    [change, tell],
  );

  const { storageProblem } = snapshot;
  const statuses = snapshot.statuses.map((status) => settled(status, now));
  return (
    <ToastProvider value={tell}>
      <Header />
      {isReady && (
        <main data-testid="options">
          {storageProblem !== null && (
            <p class="banner" role="alert">
              {t(`storage_${storageProblem}`)}
            </p>
          )}
          {isUnreadable && <p class="banner">{t('options_unreadable')}</p>}
          <Gateways
            statuses={statuses}
            isKnown={storageProblem === null || storageProblem === 'unwritable'}
            now={now}
          />
          <Notifications notify={settings.notify} isAllowed={allowed.notifications} save={save} now={now} />
          <Behaviour
            settings={settings}
            canRepair={statuses.some(({ selfRepair }) => selfRepair === 'on')}
            save={save}
          />
          <Permissions statuses={statuses} allowed={allowed} />
          <Appearance settings={settings} save={save} />
          <Privacy
            snapshot={snapshot}
            settings={settings}
            canNotify={allowed.notifications}
            change={change}
          />
          <About />
          <Danger snapshot={snapshot} />
          <ToastLine told={told} onHide={hide} />
        </main>
      )}
    </ToastProvider>
  );
}

const Header = () => (
  <header>
    <div class="title">
      <h1>{t('options_title')}</h1>
      <p class="soft">{t('extension_name')}</p>
    </div>
    <div class="pages">
      <PageLink page="doctor" gatewayId="" />
      <PageLink page="history" gatewayId="" />
    </div>
    <nav aria-label={t('options_nav')}>
      <ul>
        {SECTIONS.map(([id, key]) => (
          <li key={id}>
            <a href={`#${id}`}>{t(key)}</a>
          </li>
        ))}
      </ul>
    </nav>
  </header>
);

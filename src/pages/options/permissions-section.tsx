import { useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import {
  type Allowed,
  dropNotifications,
  dropOrigins,
  dropWebRequest,
  hostPatterns,
  requestNotifications,
  requestOrigins,
  requestWebRequest,
} from '../../browser/permissions.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { Fold } from '../../ui/fold.tsx';
import { Section } from './controls.tsx';
import { Optional } from './optional.tsx';

/** What the manifest asks for, and why: `test/pages/options/permissions-section.test.ts` compares the two. */
export const REQUIRED = {
  storage: 'options_permission_storage',
  alarms: 'options_permission_alarms',
  contextMenus: 'options_permission_context_menus',
} as const;

const hostOf = (pattern: string): string => pattern.replace(/^\w+:\/\/|\/\*$/g, '');

type Consent = typeof import('./inside-consent.tsx').InsideConsent;

/** It reads the disk, and knows all that can be found inside a gateway: it comes when the rest is there. */
function useConsent(): Consent | null {
  const [Loaded, setLoaded] = useState<Consent | null>(null);
  useEffect(() => {
    void import('./inside-consent.tsx').then(({ InsideConsent }) => setLoaded(() => InsideConsent));
  }, []);
  return Loaded;
}

/** What we have and why, and what the user may allow or take back. */
export function Permissions({ statuses, allowed }: { statuses: readonly GatewayStatus[]; allowed: Allowed }) {
  const wanted = new Set(statuses.flatMap(({ address }) => hostPatterns(address)));
  const Consent = useConsent();
  const patterns = [...new Set([...wanted, ...allowed.origins])].sort();
  return (
    <Section id="permissions" title={t('options_permissions')}>
      <h3>{t('options_permissions_optional')}</h3>
      <ul class="permissions">
        <Optional
          name="notifications"
          title={t('options_notifications')}
          why={t('options_permission_notifications')}
          isAllowed={allowed.notifications}
          onAllow={requestNotifications}
          onRemove={dropNotifications}
        />
        <Optional
          name="webRequest"
          title={t('options_network_errors')}
          why={t('options_permission_network_errors')}
          isAllowed={allowed.webRequest}
          onAllow={requestWebRequest}
          onRemove={dropWebRequest}
        />
        {Consent && statuses.map((status) => <Consent key={status.gatewayId} status={status} />)}
        {patterns.map((pattern) => (
          <Optional
            key={pattern}
            name={pattern}
            title={t('options_permission_host_title', hostOf(pattern))}
            why={t(wanted.has(pattern) ? 'options_permission_host' : 'options_permission_unused')}
            isAllowed={allowed.origins.includes(pattern)}
            onAllow={() => requestOrigins([pattern])}
            onRemove={() => dropOrigins([pattern])}
          />
        ))}
      </ul>
      <Fold label={t('options_permissions_have')} aside={<span>{Object.keys(REQUIRED).length}</span>}>
        <dl class="facts">
          {Object.entries(REQUIRED).map(([name, key]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{t(key)}</dd>
            </div>
          ))}
        </dl>
        <p class="soft small">{t('options_permission_sites')}</p>
      </Fold>
    </Section>
  );
}

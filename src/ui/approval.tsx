/** What a person does who has to approve this browser: the gateway's own page, or the command. */
import { useEffect, useState } from 'preact/hooks';
import browser from '../browser/api.ts';
import { t } from '../browser/i18n.ts';
import { lookForDashboard } from '../browser/page/dashboard-look.ts';
import { send } from '../browser/page/worker-link.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { Diagnosis } from '../remedy/types.ts';
import { dashboardOf } from '../words/shown-address.ts';
import { Remedies } from './remedies.tsx';

interface Props {
  diagnosis: Diagnosis;
  status: GatewayStatus;
  /** The gateway said whether it has a page of its own. */
  onDashboardAbsent: (isAbsent: boolean) => void;
}

export function Approval({ diagnosis, status, onDashboardAbsent }: Props) {
  const { address, gatewayId, relay, isRequestGone } = status;
  const isAbsent = useAbsentDashboard(address);
  useEffect(() => onDashboardAbsent(isAbsent), [isAbsent]);
  return (
    <>
      {isRequestGone && <p>{t('request_gone')}</p>}
      <Remedies
        diagnosis={diagnosis}
        gatewayId={gatewayId}
        facts={{ ...status, relayAddress: relay.address }}
        layout="card"
        beside={!isAbsent && <DashboardLink address={address} gatewayId={gatewayId} />}
      />
      <p class="soft small">{t(isAbsent ? 'dashboard_absent' : 'dashboard_sign_in')}</p>
    </>
  );
}

/** The gateway's own page of devices, where requests can be approved: in every version at the same path. */
function DashboardLink({ address, gatewayId }: Pick<GatewayStatus, 'address' | 'gatewayId'>) {
  const href = dashboardOf(address);
  if (href === null) return null;
  /** [R22] The worker looks more often while a tab is in front that it opened. Other ways to follow a link stay as they are. */
  async function open(event: MouseEvent): Promise<void> {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const reply = await send({ type: 'open-dashboard', gatewayId });
    if (!reply.ok) await browser.tabs.create({ url: href ?? '' });
  }
  return (
    <a
      class="button"
      data-testid="open-dashboard"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onClick={open}
    >
      {t('open_dashboard')}
    </a>
  );
}

/** Whether the gateway says that it has no such page; `false` until it does, and where it may not be asked. */
function useAbsentDashboard(address: string): boolean {
  const [isAbsent, setAbsent] = useState(false);
  useEffect(() => {
    let isOver = false;
    void lookForDashboard(address).then((found) => {
      if (!isOver) setAbsent(found === 'absent');
    });
    return () => {
      isOver = true;
    };
  }, [address]);
  return isAbsent;
}

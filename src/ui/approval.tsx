/** What a person does who has to approve this browser: the gateway's own page, or the command. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { lookForDashboard } from '../browser/page/dashboard-look.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import {
  APPROVER_ANSWER_IDS,
  type ApproverAnswer,
  approverAnswer,
  remediesForApprover,
} from '../remedy/approver.ts';
import type { Diagnosis, RemedyFacts } from '../remedy/types.ts';
import type { Snake } from '../words/faults.ts';
import { dashboardOf } from '../words/shown-address.ts';
import { Fold } from './fold.tsx';
import { Remedies, RemedyList } from './remedies.tsx';
import { WatchedLink } from './watched-link.tsx';

interface Props {
  diagnosis: Diagnosis;
  status: GatewayStatus;
  /** The gateway said whether it has a page of its own. */
  onDashboardAbsent: (isAbsent: boolean) => void;
}

export function Approval({ diagnosis, status, onDashboardAbsent }: Props) {
  const { address, gatewayId, relay, isRequestGone } = status;
  const facts = { ...status, relayAddress: relay.address };
  const isAbsent = useAbsentDashboard(address);
  useEffect(() => onDashboardAbsent(isAbsent), [isAbsent]);
  return (
    <>
      {isRequestGone && <p>{t('request_gone')}</p>}
      <Remedies
        diagnosis={diagnosis}
        gatewayId={gatewayId}
        facts={facts}
        layout="card"
        beside={!isAbsent && <DashboardLink address={address} gatewayId={gatewayId} />}
        beneath={(platform) => (
          <>
            <p class="soft small">{t(isAbsent ? 'dashboard_absent' : 'dashboard_sign_in')}</p>
            {isAbsent && (
              <RemedyList
                remedies={remediesForApprover('dashboard-not-found', { ...facts, platform, origin: null })}
              />
            )}
            <ApproverHelp facts={{ ...facts, platform, origin: null }} hasDashboard={!isAbsent} />
          </>
        )}
      />
    </>
  );
}

/** What the command may say instead of approving, and what helps then. */
const ApproverHelp = ({ facts, hasDashboard }: { facts: RemedyFacts; hasDashboard: boolean }) => (
  <Fold label={t('approver_says')} testId="approver-says">
    {hasDashboard && <p>{t('approver_dashboard_first')}</p>}
    {APPROVER_ANSWER_IDS.map((id) => (
      <details key={id} class="more-help" data-answer={id}>
        <summary>
          {approverAnswer(id).says.map((words) => (
            <code key={words}>{words}</code>
          ))}
          {approverAnswer(id).says.length === 0 && t('approver_says_nothing')}
        </summary>
        <p>{t(answerKey(id))}</p>
        <RemedyList remedies={remediesForApprover(id, facts)} />
      </details>
    ))}
    <p class="soft small">{t('approver_packages')}</p>
  </Fold>
);

const answerKey = <Id extends ApproverAnswer>(id: Id): `approver_${Snake<Id>}` =>
  `approver_${id.replaceAll('-', '_') as Snake<Id>}`;

/** The gateway's own page of devices, where requests can be approved: in every version at the same path. */
function DashboardLink({ address, gatewayId }: Pick<GatewayStatus, 'address' | 'gatewayId'>) {
  const href = dashboardOf(address);
  if (href === null) return null;
  const command = { type: 'open-dashboard', gatewayId } as const;
  return <WatchedLink href={href} command={command} label={t('open_dashboard')} testId="open-dashboard" />;
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

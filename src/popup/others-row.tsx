/** What is known of other clients, where the user allowed it; nothing where not. */
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { othersLine, ownCulprit, storiesOf } from '../others/standing.ts';
import { Fold } from '../ui/fold.tsx';
import { OthersConsent } from '../ui/others-consent.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { useOthers } from '../ui/use-others.ts';
import { culpritWords } from '../words/others.ts';
import { othersLineWords } from '../words/others-line.ts';
import { Fact } from './fact.tsx';

interface Props {
  status: GatewayStatus;
  now: number;
}

/** A row of the healthy card. */
export function OthersRow({ status, now }: Props) {
  const { gatewayId } = status;
  const others = useOthers(gatewayId);
  if (!others) return null;
  const line = othersLine(others, status, now);
  return (
    <Fact
      mark={line.refused ? 'attention' : line.connected === null ? 'unknown' : 'good'}
      title={t('others')}
      text={othersLineWords(line)}
      data={{ 'data-testid': 'others', 'data-refused': String(line.refused ? line.more + 1 : 0) }}
    >
      <PageLink page="others" gatewayId={gatewayId} label="others_open" />
    </Fact>
  );
}

/** On the card of our own lock-out: who caused it, or the offer to find out. */
export function LockOut({ status, now }: Props) {
  const { gatewayId, since, reach } = status;
  const others = useOthers(gatewayId);
  if (others === undefined) return null;
  if (others === null) {
    return (
      <Fold label={t('others')} testId="others-offer">
        <OthersConsent gatewayId={gatewayId} why={t('others_lockout_offer')} />
      </Fold>
    );
  }
  const culprit = ownCulprit(storiesOf(others, now), reach === 'loopback', since ?? now);
  return (
    <div data-testid="lock-out">
      {culprit && (
        <p data-testid="culprit">
          <bdi>{culpritWords(culprit, now)}</bdi>
        </p>
      )}
      <PageLink page="others" gatewayId={gatewayId} label="others" />
    </div>
  );
}

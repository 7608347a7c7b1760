import { useEffect } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import type { OtherRow } from '../../doctor/report.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { othersLine, storiesOf } from '../../others/standing.ts';
import { Fold } from '../../ui/fold.tsx';
import { OthersConsent } from '../../ui/others-consent.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { useOthers } from '../../ui/use-others.ts';
import { othersLineWords } from '../../words/others-line.ts';

interface Props {
  status: GatewayStatus;
  now: number;
  onOthers: (rows: readonly OtherRow[]) => void;
}

/** What is known of other clients, or the offer to find out. */
export function OthersPanel({ status, now, onOthers }: Props) {
  const { gatewayId } = status;
  const others = useOthers(gatewayId);
  useEffect(() => {
    const rows = others ? storiesOf(others, Date.now()) : [];
    onOthers(
      rows.map(({ client, code, standing, count, firstAt, lastAt }) => [
        client.kind,
        code,
        standing,
        count,
        firstAt,
        lastAt,
        client.version,
      ]),
    );
  }, [others]);
  return (
    <Fold
      label={t('others')}
      {...(others && { note: othersLineWords(othersLine(others, status, now)) })}
      testId="others"
      isPanel
    >
      {others && (
        <p>
          <PageLink page="others" gatewayId={gatewayId} label="others_open" />
        </p>
      )}
      <OthersConsent gatewayId={gatewayId} />
    </Fold>
  );
}

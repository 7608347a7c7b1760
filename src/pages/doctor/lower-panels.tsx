import type { OtherRow } from '../../doctor/report.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { ExplainPanel } from './explain-panel.tsx';
import { OthersPanel } from './others-panel.tsx';
import { ReportPanel, type ReportProps } from './report-panel.tsx';

interface Props extends ReportProps {
  status: GatewayStatus | null;
  now: number;
  /** What the report may say of other clients. */
  onOthers: (rows: readonly OtherRow[]) => void;
}

/** What stands folded at the page's end: a first paint can do without it. */
export const LowerPanels = ({ status, now, onOthers, ...report }: Props) => (
  <>
    {status !== null && <OthersPanel key={status.gatewayId} status={status} now={now} onOthers={onOthers} />}
    <ExplainPanel />
    {report.text !== '' && <ReportPanel {...report} />}
  </>
);

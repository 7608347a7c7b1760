import { ExplainPanel } from './explain-panel.tsx';
import { ReportPanel, type ReportProps } from './report-panel.tsx';

/** What stands folded at the page's end: a first paint can do without it. */
export const LowerPanels = (report: ReportProps) => (
  <>
    <ExplainPanel />
    {report.text !== '' && <ReportPanel {...report} />}
  </>
);

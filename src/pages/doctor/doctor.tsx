import { useEffect, useMemo, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { look as lookAround } from '../../browser/page/doctor-probes.ts';
import { keepRoad } from '../../browser/page/kept-road.ts';
import { extensionVersions } from '../../browser/page/own-versions.ts';
import { examine } from '../../doctor/checks.ts';
import { type OtherRow, report } from '../../doctor/report.ts';
import { isSameFailure, roadFinding } from '../../doctor/road.ts';
import type { Observations } from '../../doctor/types.ts';
import { verdictOf } from '../../doctor/verdict.ts';
import { isConnected } from '../../gateway-status.ts';
import type { Snapshot } from '../../messages.ts';
import { announce, useAnnouncement } from '../../ui/announce.ts';
import { Fold } from '../../ui/fold.tsx';
import { GatewayChooser } from '../../ui/gateway-chooser.tsx';
import { lazy } from '../../ui/lazy.tsx';
import { OptionsLink } from '../../ui/options-link.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { PreflightLine } from '../../ui/preflight-line.tsx';
import { useChosenGateway } from '../../ui/use-chosen-gateway.ts';
import { useNow } from '../../ui/use-now.ts';
import { clockTime, span } from '../../words/time.ts';
import { CheckList } from './check-list.tsx';
import { Numbers, Tried } from './evidence.tsx';
import { PathList } from './path-list.tsx';
import { ResultIcon } from './result-icon.tsx';
import { RoadSteps } from './road-steps.tsx';
import type { LookedInside } from './use-inside.ts';
import { type LookAround, type Run, useRun } from './use-run.ts';
import { VerdictCard, verdictWords } from './verdict-card.tsx';
import { tallyWords } from './words.ts';

/** The whole page. It follows the worker's state, and adds what the last run saw. `look`: another's, for the demo. */
export function Doctor({ snapshot, look = lookAround }: { snapshot: Snapshot; look?: LookAround }) {
  const now = useNow();
  const { statuses, status, name, choose } = useChosenGateway(snapshot, now, 'doctor');
  const run = useRun(status, look);
  const { looks, failure } = run;
  const { storageProblem } = snapshot;
  const seen: Observations | null = looks && { status, failure, storageProblem, looks };
  const outcomes = seen === null ? [] : examine(seen);
  const verdict = seen === null ? null : verdictOf(seen, outcomes);
  const onTheWay = seen === null || run.isRunning ? null : roadFinding(seen);
  useEffect(() => {
    if (status === null || looks === null || run.isRunning || !isSameFailure(failure, status)) return;
    const product = looks.road?.evidence.page?.product ?? null;
    void keepRoad(status, onTheWay && { finding: onTheWay, product });
  }, [run.endedAt, onTheWay]);
  const [inside, setInside] = useState<LookedInside | null>(null);
  const isUp = status !== null && isConnected(status);
  // What a gateway said of itself is its word while it is there to say it.
  useEffect(() => setInside(null), [status?.gatewayId, isUp]);
  const isWarned = inside?.isWarning ?? false;
  const { title } = verdictWords(status, verdict, now, isWarned);
  useAnnouncement(`${status?.gatewayId} ${title} ${run.endedAt}`, t('doctor_spoken', name, title));

  const [includesHosts, setIncludeHosts] = useState(false);
  const [others, setOthers] = useState<readonly OtherRow[]>([]);
  // The report is that of the last run: it does not change under the user's eyes.
  const text = useMemo(
    () =>
      seen === null || verdict === null
        ? ''
        : report({
            seen,
            outcomes,
            verdict,
            versions: extensionVersions(),
            now: run.endedAt,
            includeHosts: includesHosts,
            others,
            inside: inside?.results ?? null,
          }),
    [run.endedAt, includesHosts, verdict?.diagnosis, others, inside],
  );

  return (
    <>
      <Header run={run} name={name} text={text} now={now}>
        <GatewayChooser statuses={statuses} shown={status} onChoose={choose} />
        {status !== null && <PageLink page="history" gatewayId={status.gatewayId} />}
        <OptionsLink />
      </Header>
      <main>
        <VerdictCard
          status={status}
          helped={run.help}
          verdict={verdict}
          outcomes={outcomes}
          known={inside?.answered ?? {}}
          now={now}
          isWarned={isWarned}
          product={looks?.road?.evidence.page?.product ?? null}
          onAllowed={run.again}
        />
        {verdict?.diagnosis === null && status !== null && !isWarned && (
          <PreflightLine status={status} now={now} />
        )}
        {inside !== null && isWarned && (
          <p class="preflight" data-testid="inside-line" data-level="caution">
            <ResultIcon result="warn" />
            <span>
              <strong>{t('inside_title')}</strong>{' '}
              <span class="soft small">{t('inside_found', inside.found)}</span>
            </span>
          </p>
        )}
        {status === null && verdict !== null && verdict.diagnosis === null && (
          <p>
            <a href="../../popup/index.html">{t('doctor_none_pair')}</a>
          </p>
        )}
        {verdict !== null && (
          <Fold label={t('doctor_all_checks')} note={tallyWords(outcomes)} testId="all-checks" isPanel>
            <CheckList outcomes={outcomes} address={status?.address ?? null} onAllowed={run.again} />
            {status !== null && looks?.road && <RoadSteps road={looks.road} />}
            {status !== null && <PathList outcomes={outcomes} />}
          </Fold>
        )}
        {verdict !== null && isUp && <LazyInside status={status} runAt={run.endedAt} onLooked={setInside} />}
        {verdict !== null && status !== null && (
          <>
            <Tried status={status} now={now} />
            <Numbers status={status} now={now} />
          </>
        )}
        <LazyLowerPanels
          text={text}
          includesHosts={includesHosts}
          onIncludeHosts={setIncludeHosts}
          status={status}
          now={now}
          onOthers={setOthers}
        />
      </main>
    </>
  );
}

const LazyInside = lazy(() => import('./inside-panel.tsx').then(({ InsidePanel }) => InsidePanel));

const LazyLowerPanels = lazy(() => import('./lower-panels.tsx').then(({ LowerPanels }) => LowerPanels));

interface HeaderProps {
  run: Run;
  name: string;
  text: string;
  now: number;
  children: preact.ComponentChildren;
}

function Header({ run, name, text, now, children }: HeaderProps) {
  const [copied, setCopied] = useState<'doctor_report_copied' | 'doctor_report_not_copied' | null>(null);
  async function copy(): Promise<void> {
    const result = await navigator.clipboard.writeText(text).then(
      () => 'doctor_report_copied' as const,
      () => 'doctor_report_not_copied' as const,
    );
    setCopied(result);
    announce(t(result));
    setTimeout(() => setCopied(null), 2_000);
  }
  /** Preview first: the report opens, and what is copied can be read. */
  const show = (): void => document.getElementById('report')?.setAttribute('open', '');
  return (
    <header>
      <div class="title">
        <h1>{t('doctor')}</h1>
        <p class="soft">
          <bdi>{name}</bdi>
        </p>
      </div>
      {children}
      <p class="soft small last-run">
        {run.isRunning
          ? t('doctor_running')
          : t('doctor_last_run', clockTime(run.endedAt, now, { seconds: true }), span(run.tookMs))}
      </p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          data-testid="run-again"
          aria-disabled={run.isRunning}
          onClick={run.again}
        >
          {t(run.isRunning ? 'doctor_running' : 'doctor_run_again')}
        </button>
        <button
          type="button"
          data-testid="copy-report"
          aria-disabled={text === ''}
          onClick={() => {
            show();
            if (text !== '') void copy();
          }}
        >
          {t(copied ?? 'doctor_copy_report')}
        </button>
      </div>
    </header>
  );
}

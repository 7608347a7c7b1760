/** Beside a command that restarts: whose work it would cut off, by the gateway's own count. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { askGateway } from '../browser/page/ask-gateway.ts';
import type { RestartRisk } from '../inside/restart.ts';
import { listed } from '../words/row.ts';
import { clockTime } from '../words/time.ts';

/** Milliseconds. An older answer is asked for again where somebody comes to read it. */
const FRESH_FOR_MS = 2_000;

/** `null`: this version does not count, or is not connected. */
async function riskOf(gatewayId: string): Promise<RestartRisk | null> {
  const [answer, { riskIn }] = await Promise.all([
    askGateway(gatewayId, 'gateway.restart.preflight'),
    import('../inside/restart.ts'),
  ]);
  return riskIn(answer);
}

const WORK = {
  runs: 'inside_work_runs',
  replies: 'inside_work_replies',
  programs: 'inside_work_programs',
  jobs: 'inside_work_jobs',
  tasks: 'inside_work_tasks',
  operations: 'inside_work_operations',
} as const;

/**
 * Asks when it is shown, and again when what it stands in, with the command, is pointed at or reached by keyboard. Nothing
 * where the gateway cannot tell.
 */
export function RestartSafety({ gatewayId }: { gatewayId: string }) {
  const [seen, setSeen] = useState<{ risk: RestartRisk; at: number } | null>(null);
  const askedAt = useRef(0);
  const line = useRef<HTMLParagraphElement>(null);
  async function look(): Promise<void> {
    if (Date.now() - askedAt.current < FRESH_FOR_MS) return;
    askedAt.current = Date.now();
    const risk = await riskOf(gatewayId);
    setSeen(risk && { risk, at: Date.now() });
  }
  useEffect(() => {
    askedAt.current = 0;
    void look();
  }, [gatewayId]);
  const isShown = seen !== null;
  useEffect(() => {
    // The line itself takes no focus: who comes to copy the command reads it.
    const place = line.current?.parentElement;
    const events = ['pointerenter', 'focusin'];
    for (const event of events) place?.addEventListener(event, look);
    return () => {
      for (const event of events) place?.removeEventListener(event, look);
    };
  }, [isShown, gatewayId]);
  if (seen === null) return null;
  const { risk, at } = seen;
  const work = listed(risk.work.map(({ kind, count }) => t(WORK[kind], count)));
  return (
    <p
      ref={line}
      class="small restart-safety"
      data-testid="restart-safety"
      data-safe={risk.isSafe}
      data-work={risk.work.map(({ kind }) => kind).join(' ')}
    >
      {risk.isSafe ? t('inside_restart_safe') : t('inside_restart_cuts', work)}{' '}
      <span class="soft">{clockTime(at, at, { seconds: true })}</span>
    </p>
  );
}

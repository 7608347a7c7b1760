/** The process that replies to us: its figures, what the last interruption was, and the command that ends exactly it. */
import { t } from '../../browser/i18n.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { type Interruption, pastOfProcess } from '../../inside/past.ts';
import type { Inside } from '../../inside/types.ts';
import type { Platform } from '../../remedy/types.ts';
import { stopCommand } from '../../remedy/what-helps.ts';
import { CommandLine } from '../../ui/command-line.tsx';
import { RestartSafety } from '../../ui/restart-safety.tsx';
import { size } from '../../words/figures.ts';
import { clockTime, span } from '../../words/time.ts';

interface ProcessProps {
  inside: Inside;
  interruption: Interruption | null;
  status: GatewayStatus;
  platform: Platform | null;
}

export function GatewayProcess({ inside, interruption, status, platform }: ProcessProps) {
  const machine = inside.machine.type === 'told' ? inside.machine.value : null;
  const stability = inside.stability.type === 'told' ? inside.stability.value : null;
  const pid = machine?.pid ?? null;
  const past = pastOfProcess(interruption, machine?.uptimeMs ?? null, inside.at);
  const rss = machine?.rssBytes ?? (inside.status.type === 'told' ? inside.status.value.rssBytes : null);
  const facts: (readonly [label: string, value: string | null])[] = [
    [
      t('inside_fact_process'),
      pid === null ? null : machine?.port == null ? `PID ${pid}` : t('inside_fact_pid', pid, machine.port),
    ],
    [t('inside_fact_uptime'), machine?.uptimeMs == null ? null : span(machine.uptimeMs)],
    [t('inside_fact_ready'), stability?.readyMs == null ? null : span(stability.readyMs)],
    [t('inside_fact_memory'), rss === null ? null : size(rss, 'megabyte')],
    [
      t('inside_fact_disk'),
      machine?.diskAvailableBytes == null ? null : size(machine.diskAvailableBytes, 'gigabyte'),
    ],
  ];
  const known = facts.filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  const isDoubted = status.findings.some(({ code }) => TWO_GATEWAYS.includes(code));
  const stop = isDoubted && platform !== null ? stopCommand(pid, platform) : null;
  return (
    <>
      {past !== null && (
        <p data-testid="inside-past" data-kind={past.kind}>
          {t(
            past.kind === 'restarted' ? 'inside_past_restarted' : 'inside_past_reloaded',
            clockTime(interruption?.startedAt ?? inside.at, inside.at),
            span(past.awayMs),
          )}
        </p>
      )}
      <dl class="facts">
        {known.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {stop !== null && (
        <div class="finding">
          <p>{t('inside_stop')}</p>
          <CommandLine text={stop} testId="stop-command" />
          <RestartSafety gatewayId={status.gatewayId} />
        </div>
      )}
    </>
  );
}

/** What is told where a second gateway, or one that should have ended, answers. */
const TWO_GATEWAYS: readonly string[] = ['restart-outlived', 'gateways-alternate', 'other-gateway-answered'];

import { t } from '../../browser/i18n.ts';
import { ownOrigin } from '../../browser/page/own-origin.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { onOneLine } from '../../one-line.ts';
import { Fold } from '../../ui/fold.tsx';
import { explanationOf } from '../../words/explanation.ts';
import { titleOf } from '../../words/faults.ts';
import { clockTime, MINUTE_MS, span } from '../../words/time.ts';

/** The figures behind the steps. */
export function Numbers({ status, now }: { status: GatewayStatus; now: number }) {
  const { serverVersion, protocol, latencyMs, challengeMs, helloMs, skewMs, deviceTokenIssuedAt } = status;
  const facts: (readonly [label: string, value: string | null])[] = [
    [t('fact_gateway'), status.address],
    [t('fact_version'), serverVersion && onOneLine(serverVersion)],
    [t('doctor_number_protocol'), protocol === null ? null : String(protocol)],
    [t('doctor_number_latency'), duration(latencyMs)],
    [t('doctor_number_challenge'), duration(challengeMs)],
    [t('doctor_number_hello'), duration(helloMs)],
    [t('doctor_number_clock'), skewMs === null ? null : clock(skewMs)],
    [
      t('doctor_number_token'),
      deviceTokenIssuedAt === null ? null : age(now + (skewMs ?? 0) - deviceTokenIssuedAt),
    ],
  ];
  return (
    <Fold label={t('doctor_numbers')} isPanel>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        {/* What an owner has to allow, and what tells this extension from its namesakes. */}
        <div>
          <dt>{t('doctor_number_origin')}</dt>
          <dd>
            <code>{ownOrigin()}</code>
          </dd>
        </div>
      </dl>
    </Fold>
  );
}

const duration = (ms: number | null): string | null => (ms === null ? null : span(ms));

const age = (ms: number): string =>
  ms < MINUTE_MS ? t('doctor_number_token_new') : t('doctor_number_token_age', span(ms));

const clock = (skewMs: number): string =>
  skewMs === 0
    ? t('doctor_clock_same')
    : skewMs < 0
      ? t('doctor_clock_behind', span(-skewMs))
      : t('doctor_clock_ahead', span(skewMs));

/** What we did already, and what the past of this connection tells: nobody should try it a second time. */
export function Tried({ status, now }: { status: GatewayStatus; now: number }) {
  const { since, attempt, repairedAt, restartedAt, findings } = status;
  const explanation = explanationOf(status, now);
  const lines = [
    explanation && since !== null ? `${clockTime(since, now)} · ${explanation.happened}` : null,
    explanation?.did ?? null,
    attempt > 0 ? t('doctor_tried_attempts', attempt) : null,
    repairedAt === null ? null : t('doctor_tried_repaired', clockTime(repairedAt, now)),
    restartedAt === null ? null : t('doctor_tried_restarted', clockTime(restartedAt, now)),
    ...findings.map(({ code, at }) => `${clockTime(at, now)} · ${titleOf(code)}`),
  ].filter((line) => line !== null);
  return (
    <Fold label={t('doctor_tried')} aside={<span>{lines.length}</span>} isPanel>
      {lines.length === 0 ? (
        <p class="soft">{t('doctor_tried_nothing')}</p>
      ) : (
        <ul class="lines" data-testid="tried">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Fold>
  );
}

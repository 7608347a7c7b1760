import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { onOneLine } from '../one-line.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Fold } from '../ui/fold.tsx';
import type { MarkKind } from '../ui/mark.tsx';
import { type Explanation, relayLine } from '../words/explanation.ts';
import { causeKey, closeWords } from '../words/faults.ts';
import { inARow } from '../words/row.ts';
import { clockTime, lately, span } from '../words/time.ts';
import { Fact } from './fact.tsx';
import { LazyRelayHelp } from './lazy-parts.tsx';

interface Props {
  status: GatewayStatus;
  /** Of a repair that has just succeeded; `null` where there is nothing to tell. */
  explanation: Explanation | null;
  now: number;
}

/** All is well: the gateway, its relay, whether we can repair the pairing, and how the last day was. */
export function HealthyCard({ status, explanation, now }: Props) {
  const { gatewayId, relay, serverVersion } = status;
  const Stored = useStored();
  return (
    <section class="card" aria-labelledby="state-title">
      <Notices status={status} explanation={explanation} now={now} />
      <ul class="facts">
        <Fact
          mark="good"
          title={t('fact_gateway')}
          aside={serverVersion === null ? null : onOneLine(serverVersion)}
          text={gatewayWords(status, now)}
        >
          <ActionButton
            command={{ type: 'check', gatewayId }}
            label="check"
            busyLabel="checking"
            class="quiet"
          />
        </Fact>
        <Fact
          mark={MARK_OF_RELAY[relay.bearing]}
          title={t('fact_relay')}
          text={relayLine(relay, now)}
          data={{ 'data-testid': 'relay', 'data-relay': relay.cause, 'data-attached': relay.attached }}
        >
          <LazyRelayHelp status={status} />
        </Fact>
        {Stored ? <Stored.SelfRepair status={status} now={now} /> : <li class="place" />}
        {Stored && <Stored.OthersRow status={status} now={now} />}
        {Stored && <Stored.Warnings status={status} />}
      </ul>
      {Stored && <Stored.VersionFault version={serverVersion} />}
      {Stored ? <Stored.Day gatewayId={gatewayId} now={now} /> : <div class="day" />}
    </section>
  );
}

const MARK_OF_RELAY: Readonly<Record<GatewayStatus['relay']['bearing'], MarkKind>> = {
  proved: 'good',
  // It answers, and no more is proved.
  alive: 'unknown',
  asleep: 'unknown',
  absent: 'unknown',
  unknown: 'unknown',
  fault: 'attention',
};

/** "Replied in 4 ms at 14:03", and what became of it lately. */
function gatewayWords({ provenAt, latencyMs, restartedAt }: GatewayStatus, now: number): string {
  const restarted = lately(restartedAt, now);
  const at = provenAt === null ? null : clockTime(provenAt, now);
  return inARow([
    at === null
      ? null
      : latencyMs === null
        ? t('fact_replied_at', at)
        : t('fact_replied', span(latencyMs), at),
    restarted === null ? null : t('fact_restarted_lately', restarted),
  ]);
}

type StoredParts = typeof import('./stored-facts.tsx');

/** What only the disk knows comes after the first paint, which it does not decide; its place is kept. */
function useStored(): StoredParts | null {
  const [parts, setParts] = useState<StoredParts | null>(null);
  useEffect(() => {
    void import('./stored-facts.tsx').then(setParts);
  }, []);
  return parts;
}

function Notices({ status: { notice, gatewayId }, explanation, now }: Props) {
  if (notice === null) return null;
  const dismiss = <Dismiss gatewayId={gatewayId} />;
  switch (notice.kind) {
    case 'repaired':
      if (explanation === null) return null;
      return (
        <div class="notice good">
          <p>{explanation.did}</p>
          <Fold
            label={t('label_happened')}
            aside={<code class="tag">{closeWords(notice.cause, null)}</code>}
            testId="what-happened"
          >
            <p>{explanation.happened}</p>
          </Fold>
          {dismiss}
        </div>
      );
    case 'credential-refused':
      return (
        <div class="notice">
          <h2>{t(causeKey(notice.cause, 'title'))}</h2>
          <p>{t('notice_refused')}</p>
          {dismiss}
        </div>
      );
    case 'right-gateway-back':
      return (
        <p class="notice">
          {t('notice_right_gateway_back', clockTime(notice.since, now), clockTime(notice.until, now))}
        </p>
      );
    case 'updated':
      return <p class="soft small">{t('notice_updated', onOneLine(notice.from), onOneLine(notice.to))}</p>;
    default:
      return notice satisfies never;
  }
}

const Dismiss = ({ gatewayId }: { gatewayId: string }) => (
  <ActionButton
    command={{ type: 'dismiss-notice', gatewayId }}
    label="dismiss"
    busyLabel="dismiss"
    class="quiet close"
    icon={
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5" fill="none" stroke="currentColor" stroke-width="1.8" />
      </svg>
    }
  />
);

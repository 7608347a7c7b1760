import { t } from '../browser/i18n.ts';
import { onOneLine } from '../foreign-text.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { betterThan } from '../remedy/known-faults.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { causeKey } from '../words/faults.ts';
import { clockTime, lately, span } from '../words/time.ts';
import { Address } from './address.tsx';
import { LazyPreflight } from './lazy-preflight.tsx';
import { RelayHelp, RelayRow } from './relay-row.tsx';

/** All is well: since when, how we know, and nothing more. */
export function HealthyCard({ status, now }: { status: GatewayStatus; now: number }) {
  const { address, since, provenAt, latencyMs, serverVersion, notice, gatewayId, isWithoutDeviceToken } =
    status;
  const facts: (readonly [label: string, value: string])[] = [];
  if (since !== null) {
    facts.push([t('fact_connected'), t('fact_connected_since', clockTime(since, now))]);
  }
  if (provenAt !== null) {
    facts.push([t('fact_checked'), t('fact_checked_at', clockTime(provenAt, now, { seconds: true }))]);
  }
  if (latencyMs !== null) facts.push([t('fact_answered'), t('fact_answered_in', span(latencyMs))]);
  if (isWithoutDeviceToken) facts.push([t('fact_signed_in'), t('fact_signed_in_secret')]);
  if (serverVersion !== null) facts.push([t('fact_version'), onOneLine(serverVersion)]);
  const [repaired, restarted] = [lately(status.repairedAt, now), lately(status.restartedAt, now)];
  if (repaired !== null) facts.push([t('fact_repaired'), t('repaired_lately', repaired)]);
  if (restarted !== null) facts.push([t('fact_restarted'), restarted]);
  const better = serverVersion === null ? null : betterThan(serverVersion);
  return (
    <section class="card">
      {notice?.kind === 'credential-refused' && (
        <div class="notice">
          <h2>{t(causeKey(notice.cause, 'title'))}</h2>
          <p>{t('notice_refused')}</p>
          <ActionButton
            command={{ type: 'dismiss-notice', gatewayId }}
            label="dismiss"
            busyLabel="dismiss"
            class="quiet"
          />
        </div>
      )}
      {notice?.kind === 'right-gateway-back' && (
        <p class="notice">
          {t('notice_right_gateway_back', clockTime(notice.since, now), clockTime(notice.until, now))}
        </p>
      )}
      {notice?.kind === 'updated' && (
        <p class="soft small">{t('notice_updated', onOneLine(notice.from), onOneLine(notice.to))}</p>
      )}
      <dl class="facts">
        <div>
          <dt>{t('fact_gateway')}</dt>
          <dd>
            <Address address={address} />
          </dd>
        </div>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        <RelayRow status={status} now={now} />
      </dl>
      <RelayHelp status={status} />
      <LazyPreflight status={status} now={now} />
      {better !== null && <p class="soft small">{t('version_fault', better)}</p>}
      <div class="actions">
        <ActionButton command={{ type: 'check', gatewayId }} label="check" busyLabel="checking" />
      </div>
    </section>
  );
}

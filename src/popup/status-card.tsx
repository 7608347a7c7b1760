import { Fragment } from 'preact';
import { t } from '../browser/i18n.ts';
import { onOneLine } from '../foreign-text.ts';
import { causeOf } from '../gateway/causes.ts';
import type { ConnectionStatus } from '../gateway/status.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { LazyRemedies } from '../ui/lazy.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { type Explanation, explanationOf, takesCredential } from '../words/explanation.ts';
import { clockTime } from '../words/time.ts';
import { ForgetGateway } from './forget-gateway.tsx';
import { HealthyCard } from './healthy-card.tsx';
import { LazyPairingForm } from './lazy-pairing-form.tsx';
import { Progress } from './progress.tsx';
import { RelayAddress, RelayHelp, RelayRow } from './relay-row.tsx';

interface Props {
  status: GatewayStatus;
  now: number;
  onPaired: (gatewayId: string | null) => void;
}

/** The one card: what there is to say about a gateway, and what can be done about it here. */
export function StatusCard({ status, now, onPaired }: Props) {
  const explanation = explanationOf(status, now);
  if (explanation === null) return <HealthyCard status={status} now={now} />;
  const { code, cause, relay } = status;
  const since = code === 'relay' ? relay.since : status.since;
  const isSinceTold = since !== null && code !== 'healed' && code !== 'unknown';
  const sinceWords = isSinceTold ? t('since', clockTime(since, now)) : null;
  const beneathTitle = [sinceWords, explanation.impact].filter((each) => each !== null).join(' · ');
  return (
    <section class="card" aria-labelledby="card-title">
      <div>
        <h2 id="card-title">{explanation.title}</h2>
        {(beneathTitle !== '' || code === 'relay') && (
          <p class="soft small">
            {beneathTitle}
            {code === 'relay' && (
              <>
                {beneathTitle !== '' && ' · '}
                <RelayAddress status={status} now={now} />
              </>
            )}
          </p>
        )}
      </div>
      <ThreeLines explanation={explanation} />
      {explanation.diagnosis !== null && (
        <LazyRemedies
          diagnosis={explanation.diagnosis}
          gatewayId={status.gatewayId}
          facts={{ ...status, relayAddress: relay.address }}
          layout="card"
        />
      )}
      {takesCredential(status) && <LazyPairingForm card={status} onPaired={onPaired} />}
      {code === 'healed' && (
        <dl class="facts">
          <RelayRow status={status} now={now} />
        </dl>
      )}
      {code === 'relay' && <RelayHelp status={status} />}
      {cause === 'identity-conflict' && <ForgetGateway gatewayId={status.gatewayId} />}
      <div class="next">
        <Progress status={status} now={now} />
        <Actions status={status} />
      </div>
      <RawLine status={status} />
    </section>
  );
}

function ThreeLines({ explanation }: { explanation: Explanation }) {
  return (
    <dl class="explanation">
      <div>
        <dt>{t('label_happened')}</dt>
        <dd>{explanation.happened}</dd>
      </div>
      <div>
        <dt>{t('label_did')}</dt>
        <dd>{explanation.did}</dd>
      </div>
      <div>
        <dt>{t('label_todo')}</dt>
        <dd>{explanation.todo}</dd>
      </div>
    </dl>
  );
}

function Actions({ status: { code, cause, gatewayId, canTryAgain } }: { status: ConnectionStatus }) {
  const button = () => {
    switch (code) {
      case 'healed':
        return (
          <ActionButton command={{ type: 'dismiss-notice', gatewayId }} label="dismiss" busyLabel="dismiss" />
        );
      case 'unknown':
      case 'approval':
      case 'relay':
        return <ActionButton command={{ type: 'check', gatewayId }} label="check" busyLabel="checking" />;
      case 'reconnecting':
      case 'starting':
      case 'down':
      case 'offline':
        return <ActionButton command={{ type: 'check', gatewayId }} label="try_now" busyLabel="trying" />;
      case 'needs-you':
        if (canTryAgain) {
          return (
            <ActionButton
              command={{ type: 'check', gatewayId }}
              label="try_again"
              busyLabel="trying"
              class="primary"
            />
          );
        }
        // We look again by ourselves, but a person who has just done it does not want to wait.
        return cause !== null && causeOf(cause).recovery === 'await-admission' ? (
          <ActionButton command={{ type: 'check', gatewayId }} label="check" busyLabel="checking" />
        ) : null;
      case 'paused':
        return (
          <ActionButton
            command={{ type: 'resume', gatewayId }}
            label="resume"
            busyLabel="resuming"
            class="primary"
          />
        );
      // A lock-out is sat out: a button would promise what it cannot do.
      case 'limited':
      case 'healthy':
      case 'not-set-up':
        return null;
      default:
        return code satisfies never;
    }
  };
  // What became of one command is not the next one's.
  return <Fragment key={code}>{button()}</Fragment>;
}

/** For search engines, reports and support: the code and the close number; folded, the gateway's own words. */
function RawLine({ status }: { status: GatewayStatus }) {
  const { code, cause, closeCode, notice, relay } = status;
  const words = code === 'relay' ? relay.words : status.words;
  const named =
    (code === 'relay' ? relay.cause : cause) ??
    (code === 'healed' && notice?.kind === 'repaired' ? notice.cause : null);
  if (!named) return null;
  const text = words === null ? '' : onOneLine(words);
  const codes = [named, closeCode].filter((each) => each !== null).join(' · ');
  return (
    <div class="raw">
      {text === '' ? (
        <code>{codes}</code>
      ) : (
        <details>
          <summary>
            <code>{codes}</code>
          </summary>
          <bdi>{t('raw_words', text)}</bdi>
        </details>
      )}
      <PageLink page="doctor" gatewayId={status.gatewayId} label="doctor_from_card" />
    </div>
  );
}

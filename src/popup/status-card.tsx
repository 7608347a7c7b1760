import { clockTime, t } from '../browser/i18n.ts';
import { type Cause, causeOf } from '../gateway/causes.ts';
import type { Status } from '../gateway/status.ts';
import type { Health } from '../health.ts';
import { type Account, accountOf } from '../ui/account.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { foreign } from '../ui/foreign.ts';
import { DoctorLink } from './doctor-link.tsx';
import { ForgetGateway } from './forget-gateway.tsx';
import { HealthyCard } from './healthy-card.tsx';
import { LazyRemedies } from './lazy-remedies.tsx';
import { PairingForm } from './pairing-form.tsx';
import { Progress } from './progress.tsx';
import { RelayHelp, RelayRow } from './relay-row.tsx';

interface Props {
  status: Health;
  now: number;
  onPaired: (gatewayId: string | null) => void;
}

/** The one card: what there is to say about a gateway, and what can be done about it here. */
export function StatusCard({ status, now, onPaired }: Props) {
  const account = accountOf(status, now);
  if (account === null) return <HealthyCard status={status} now={now} />;
  const { code, cause, relay } = status;
  const since = code === 'relay' ? relay.since : status.since;
  const isSinceTold = since !== null && code !== 'healed' && code !== 'unknown';
  const beneathTitle = [isSinceTold ? t('since', clockTime(since, now)) : null, account.impact]
    .filter((each) => each !== null)
    .join(' · ');
  const takesCredential = code === 'needs-you' && cause !== null && isEndedByCredential(cause);
  return (
    <section class="card" aria-labelledby="card-title">
      <div>
        <h2 id="card-title">{account.title}</h2>
        {beneathTitle !== '' && <p class="soft small">{beneathTitle}</p>}
      </div>
      <ThreeLines account={account} />
      {account.diagnosis !== null && (
        <LazyRemedies
          diagnosis={account.diagnosis}
          gatewayId={status.gatewayId}
          facts={{ ...status, relayAddress: relay.address }}
          layout="card"
        />
      )}
      <Progress status={status} now={now} />
      {takesCredential && <PairingForm card={status} onPaired={onPaired} />}
      {(code === 'relay' || code === 'healed') && (
        <dl class="facts">
          <RelayRow status={status} now={now} />
        </dl>
      )}
      {code === 'relay' && <RelayHelp status={status} />}
      {cause === 'identity-conflict' && <ForgetGateway gatewayId={status.gatewayId} />}
      <Actions status={status} />
      <RawLine status={status} />
    </section>
  );
}

function ThreeLines({ account }: { account: Account }) {
  return (
    <dl class="account">
      <div>
        <dt>{t('label_happened')}</dt>
        <dd>{account.happened}</dd>
      </div>
      <div>
        <dt>{t('label_did')}</dt>
        <dd>{account.did}</dd>
      </div>
      <div>
        <dt>{t('label_todo')}</dt>
        <dd>{account.todo}</dd>
      </div>
    </dl>
  );
}

/** A new credential changes nothing about an identity that the gateway gives to somebody else. */
const isEndedByCredential = (cause: Cause): boolean =>
  causeOf(cause).unblock === 'new-credential' && cause !== 'identity-conflict';

function Actions({ status: { code, cause, gatewayId, canTryAgain } }: { status: Status }) {
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
  const shown = button();
  return shown && <div class="actions">{shown}</div>;
}

/** For search engines, reports and support: the code, the close number and the gateway's own words. */
function RawLine({ status }: { status: Health }) {
  const { code, cause, closeCode, notice, relay } = status;
  const words = code === 'relay' ? relay.words : status.words;
  const named =
    (code === 'relay' ? relay.cause : cause) ??
    (code === 'healed' && notice?.kind === 'repaired' ? notice.cause : null);
  if (!named) return null;
  const text = words === null ? '' : foreign(words);
  return (
    <p class="raw">
      {named}
      {closeCode !== null && ` · ${closeCode}`}
      {text !== '' && (
        <>
          {' · '}
          <bdi>{t('raw_words', text)}</bdi>
        </>
      )}{' '}
      <DoctorLink gatewayId={status.gatewayId} label="doctor_from_card" />
    </p>
  );
}

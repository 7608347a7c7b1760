import { Fragment } from 'preact';
import { t } from '../browser/i18n.ts';
import { causeOf } from '../gateway/causes.ts';
import type { ConnectionStatus } from '../gateway/status.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { onOneLine } from '../one-line.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Fold } from '../ui/fold.tsx';
import { useKeptRoad } from '../ui/use-kept-road.ts';
import { WhatToDo } from '../ui/what-to-do.tsx';
import { type Explanation, explanationOf, relayLine } from '../words/explanation.ts';
import { closeWords } from '../words/faults.ts';

import { HealthyCard } from './healthy-card.tsx';
import { LazyForgetGateway, LazyLockOut, LazyNextTime, LazyRelayHelp } from './lazy-parts.tsx';
import { Progress } from './progress.tsx';

interface Props {
  status: GatewayStatus;
  now: number;
  /** Nothing else has the focus: a field that is needed takes it. */
  isFocused: boolean;
  onPaired: (gatewayId: string | null) => void;
}

/** The one card: what to do about a gateway, what we do meanwhile, and folded, what happened. */
export function StatusCard({ status, now, isFocused, onPaired }: Props) {
  const onTheWay = useKeptRoad(status);
  const explanation = explanationOf(status, now, onTheWay?.finding);
  const { code, cause } = status;
  if (explanation === null || code === 'healed') {
    return <HealthyCard status={status} explanation={explanation} now={now} />;
  }
  const brief = explanation.todo === null ? briefOf(status, explanation) : null;
  return (
    <section class="card" aria-labelledby="state-title">
      {code === 'limited' && <Progress status={status} now={now} />}
      {brief !== null && <p>{brief}</p>}
      <WhatToDo
        status={status}
        explanation={explanation}
        product={onTheWay?.product ?? null}
        isFocused={isFocused}
        onPaired={onPaired}
      />
      {code === 'limited' && <LazyLockOut status={status} now={now} />}
      {code === 'relay' && <LazyRelayHelp status={status} />}
      {cause === 'identity-conflict' && <LazyForgetGateway gatewayId={status.gatewayId} />}
      <div class="next">
        {code !== 'limited' && <Progress status={status} now={now} />}
        <Actions status={status} />
      </div>
      <div class="folds">
        <WhatHappened status={status} explanation={explanation} now={now} brief={brief} />
        {cause === 'device-token-mismatch' && code === 'needs-you' && status.selfRepair === 'off' && (
          <LazyNextTime status={status} />
        )}
      </div>
    </section>
  );
}

/** What there is to know where nobody has to act. */
const briefOf = ({ code }: ConnectionStatus, { happened, did, impact }: Explanation): string =>
  code === 'paused' ? did : code === 'limited' && impact !== null ? impact : happened;

/** For search engines, reports and support too: close code, OpenClaw's own words, and our diagnosis. */
function WhatHappened({
  status,
  explanation,
  now,
  brief,
}: {
  status: GatewayStatus;
  explanation: Explanation;
  now: number;
  /** What the card says already. */
  brief: string | null;
}) {
  const { code, relay } = status;
  const [diagnosis, closeCode, words] =
    code === 'relay' ? [relay.cause, null, relay.words] : [status.cause, status.closeCode, status.words];
  const said = words === null ? '' : onOneLine(words);
  return (
    <Fold
      label={t('label_happened')}
      aside={diagnosis !== null && <code class="tag">{closeWords(diagnosis, closeCode)}</code>}
      testId="what-happened"
    >
      {[explanation.happened, explanation.did]
        .filter((sentence) => sentence !== brief)
        .map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      {/* The row of a healthy card says the same of a relay that is well. */}
      {code === 'relay' && (
        <p data-testid="relay" data-relay={relay.cause} data-attached={relay.attached}>
          {relay.address === null ? relayLine(relay, now) : <bdi>{relay.address}</bdi>}
        </p>
      )}
      {said !== '' && (
        <p>
          <bdi class="said">{t('raw_words', said)}</bdi>
        </p>
      )}
      {diagnosis !== null && <code>{diagnosis}</code>}
    </Fold>
  );
}

function Actions({ status: { code, cause, gatewayId, canTryAgain } }: { status: ConnectionStatus }) {
  const button = () => {
    switch (code) {
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
        // One button leads, and that is the command's.
        if (canTryAgain) {
          return <ActionButton command={{ type: 'check', gatewayId }} label="try_again" busyLabel="trying" />;
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
      case 'healed':
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

import { useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { Product } from '../road/evidence.ts';
import { type Explanation, takesCredential, takesOutput } from '../words/explanation.ts';
import { placeWords } from '../words/place.ts';
import { LazyApproval, LazyPairingForm, LazyRemedies } from './lazy-parts.tsx';

interface Props {
  status: GatewayStatus;
  explanation: Explanation;
  /** What was seen to stand before the gateway. */
  product?: Product | null;
  /** Begins with the focus in the field, where there is one. */
  isFocused?: boolean;
  onPaired: (gatewayId: string | null) => void;
}

/** What a person does about a state, in that order: one instruction, the command, the field for what it prints. */
export function WhatToDo({ status, explanation, product = null, isFocused = false, onPaired }: Props) {
  const { todo, impact, diagnosis } = explanation;
  const isStep = takesOutput(status);
  const [isDashboardAbsent, setDashboardAbsent] = useState(false);
  if (status.code === 'approval' && diagnosis !== null) {
    return (
      <>
        {/* Two ways stand below, so nothing stands beside the instruction. */}
        <Lead impact={null}>{isDashboardAbsent ? t('approve_by_command') : todo}</Lead>
        <LazyApproval diagnosis={diagnosis} status={status} onDashboardAbsent={setDashboardAbsent} />
      </>
    );
  }
  const command = diagnosis !== null && (
    <LazyRemedies
      diagnosis={diagnosis}
      gatewayId={status.gatewayId}
      facts={{ ...status, relayAddress: status.relay.address }}
      layout="card"
      product={product}
      isPlaced={isStep}
    />
  );
  const form = (label: string) => (
    <LazyPairingForm card={status} label={label} isFocused={isFocused} onPaired={onPaired} />
  );
  return (
    <>
      <Lead impact={impact}>{todo}</Lead>
      {isStep ? (
        <ol class="steps">
          <li>
            <p data-testid="place">{placeWords(status.reach)}</p>
            {command}
          </li>
          <li>{form(t('welcome_paste'))}</li>
        </ol>
      ) : (
        <>
          {command}
          {takesCredential(status) && form(t('paste_label'))}
        </>
      )}
    </>
  );
}

/** The one instruction. */
const Lead = ({ children, impact }: { children: string | null; impact: string | null }) =>
  children !== null && (
    <div>
      <p class="lead">{children}</p>
      {impact !== null && <p class="soft small">{impact}</p>}
    </div>
  );

import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { type Explanation, takesCredential, takesOutput } from '../words/explanation.ts';
import { placeWords } from '../words/place.ts';
import { dashboardOf } from '../words/shown-address.ts';
import { LazyPairingForm, LazyRemedies } from './lazy.tsx';

interface Props {
  status: GatewayStatus;
  explanation: Explanation;
  /** Begins with the focus in the field, where there is one. */
  isFocused?: boolean;
  onPaired: (gatewayId: string | null) => void;
}

/** What a person does about a state, in that order: one instruction, the command, the field for what it prints. */
export function WhatToDo({ status, explanation, isFocused = false, onPaired }: Props) {
  const { todo, impact, diagnosis } = explanation;
  const isStep = takesOutput(status);
  const command = diagnosis !== null && (
    <LazyRemedies
      diagnosis={diagnosis}
      gatewayId={status.gatewayId}
      facts={{ ...status, relayAddress: status.relay.address }}
      layout="card"
      isPlaced={isStep}
      beside={status.code === 'approval' && <DashboardLink address={status.address} />}
    />
  );
  const form = (label: string) => (
    <LazyPairingForm card={status} label={label} isFocused={isFocused} onPaired={onPaired} />
  );
  return (
    <>
      {todo !== null && (
        <div>
          <p class="lead">{todo}</p>
          {impact !== null && <p class="soft small">{impact}</p>}
        </div>
      )}
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

/** The gateway's own page of devices, where requests can be approved: in every version at the same path. */
function DashboardLink({ address }: { address: string }) {
  const href = dashboardOf(address);
  return (
    href !== null && (
      <a class="button" href={href} target="_blank" rel="noopener noreferrer">
        {t('open_dashboard')}
      </a>
    )
  );
}

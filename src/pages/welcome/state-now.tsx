import { t } from '../../browser/i18n.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { WhatToDo } from '../../ui/what-to-do.tsx';
import { explanationOf, headingOf } from '../../words/explanation.ts';
import { gatewayName } from '../../words/gateway-name.ts';

/** How the gateway is, and what there is to do about it. `now` in milliseconds since the epoch. */
export function StateNow({ status, now }: { status: GatewayStatus; now: number }) {
  const explanation = explanationOf(status, now);
  return (
    <div class="state" data-testid="state" data-state={status.code}>
      <p class="headline">
        <SilhouetteIcon code={status.code} />
        <strong>{headingOf(status, explanation)}</strong> <bdi class="soft">{gatewayName(status)}</bdi>
      </p>
      {explanation === null ? (
        <p>{t('greeting_done_close')}</p>
      ) : (
        <>
          {explanation.todo === null && <p>{explanation.happened}</p>}
          <WhatToDo status={status} explanation={explanation} onPaired={() => {}} />
        </>
      )}
    </div>
  );
}

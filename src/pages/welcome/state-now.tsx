import { t } from '../../browser/i18n.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { settled } from '../../gateway-status.ts';
import { useAnnouncement } from '../../ui/announce.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { useNow } from '../../ui/use-now.ts';
import { WhatToDo } from '../../ui/what-to-do.tsx';
import { explanationOf, headingOf, stateWord } from '../../words/explanation.ts';
import { gatewayName } from '../../words/gateway-name.ts';

/** How the gateway is, and what there is to do about it. */
export function StateNow({ status }: { status: GatewayStatus }) {
  const now = useNow();
  const current = settled(status, now);
  const explanation = explanationOf(current, now);
  const [name, word] = [gatewayName(current), stateWord(current)];
  useAnnouncement(
    `${current.code} ${current.cause}`,
    explanation ? t('spoken', name, word, explanation.title) : t('spoken_short', name, word),
  );
  return (
    <div class="state" data-testid="state" data-state={current.code}>
      <p class="headline">
        <SilhouetteIcon code={current.code} />
        <strong>{headingOf(current, explanation)}</strong> <bdi class="soft">{name}</bdi>
      </p>
      {explanation === null ? (
        <p>{t('greeting_done_close')}</p>
      ) : (
        <>
          {explanation.todo === null && <p>{explanation.happened}</p>}
          <WhatToDo status={current} explanation={explanation} onPaired={() => {}} />
        </>
      )}
    </div>
  );
}

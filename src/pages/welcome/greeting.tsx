import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { followToolbarPin } from '../../browser/page/toolbar-pin.ts';
import { worstOf } from '../../gateway/status.ts';
import { type GatewayStatus, settled } from '../../gateway-status.ts';
import type { Snapshot } from '../../messages.ts';
import { useAnnouncement } from '../../ui/announce.ts';
import { DemoLink } from '../../ui/demo-link.tsx';
import { FoundGateway } from '../../ui/found-gateway.tsx';
import { LazyRemedies } from '../../ui/lazy-parts.tsx';
import { NEW_GATEWAY } from '../../ui/new-gateway.ts';
import { PairingForm } from '../../ui/pairing-form.tsx';
import { useNow } from '../../ui/use-now.ts';
import { spokenState } from '../../words/explanation.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { IconLegend } from './icon-legend.tsx';
import { PinPicture } from './pin-picture.tsx';
import { StateNow } from './state-now.tsx';

/** Three steps: pair, pin, done. Each shows by itself when it is. */
export function Greeting({ snapshot }: { snapshot: Snapshot }) {
  const [isPinned, setPinned] = useState<boolean | null>(null);
  useEffect(() => followToolbarPin(setPinned), []);
  const now = useNow();
  const worst = worstOf(snapshot.statuses);
  const shown = worst && settled(worst, now);
  useAnnouncement(`${shown?.code} ${shown?.cause}`, shown ? spokenState(shown, now) : '');
  useAnnouncement(`pinned ${isPinned === true}`, t(isPinned ? 'greeting_pin_done' : 'greeting_pin_undone'));
  const steps = useStepWithFocus(shown === null ? null : isPaired(shown) ? 'done' : 'pair');
  return (
    <>
      <header>
        <img src="/icons/icon-128.png" alt="" width="48" height="48" />
        <div class="title">
          <h1>{t('greeting_title')}</h1>
          <p class="soft">{t('extension_name')}</p>
        </div>
      </header>
      <main>
        <p>{t('greeting_intro')}</p>
        <ol class="greeting" {...steps}>
          <Step name="pair" title={t('greeting_pair')} isDone={isPaired(shown)}>
            {shown === null ? (
              <Pairing />
            ) : isPaired(shown) ? (
              <p>{t('greeting_pair_done', gatewayName(shown))}</p>
            ) : (
              <StateNow status={shown} now={now} />
            )}
          </Step>
          <Step name="pin" title={t('greeting_pin')} isDone={isPinned === true}>
            {isPinned === true ? (
              <p>{t('greeting_pin_done')}</p>
            ) : (
              <>
                <p>{t('greeting_pin_how')}</p>
                <PinPicture />
                {isPinned === false && <p class="soft small">{t('greeting_pin_undone')}</p>}
              </>
            )}
          </Step>
          <Step name="done" title={t('greeting_done')} isDone={isWell(shown)}>
            {shown === null ? (
              <p class="soft">{t('greeting_done_wait')}</p>
            ) : (
              isPaired(shown) && <StateNow status={shown} now={now} />
            )}
            <IconLegend />
          </Step>
        </ol>
        {shown === null && <DemoLink />}
        <p class="soft small">{t('greeting_privacy')}</p>
      </main>
    </>
  );
}

/**
 * Leads a user who has begun on to the step where the gateway's state stands (`place`): what had the focus is gone by then.
 *
 * @returns what the list of steps needs for it
 */
function useStepWithFocus(place: StepName | null) {
  const ref = useRef<HTMLOListElement>(null);
  const isBegun = useRef(false);
  useLayoutEffect(() => {
    if (isBegun.current && document.activeElement?.matches('body, h2'))
      ref.current?.querySelector<HTMLElement>(`[data-step="${place}"] h2`)?.focus();
  }, [place]);
  const onFocusCapture = (): void => {
    isBegun.current = true;
  };
  return { ref, onFocusCapture };
}

/** Connected at least once, and neither waiting for an approval nor refused. */
const isPaired = (shown: GatewayStatus | null): boolean =>
  shown !== null && shown.provenAt !== null && shown.code !== 'approval' && shown.code !== 'needs-you';

const isWell = (shown: GatewayStatus | null): boolean =>
  shown?.code === 'healthy' || shown?.code === 'healed';

type StepName = 'pair' | 'pin' | 'done';

function Step({
  name,
  title,
  isDone,
  children,
}: {
  name: StepName;
  title: string;
  isDone: boolean;
  children: ComponentChildren;
}) {
  return (
    <li class="panel" data-step={name} data-done={isDone}>
      <h2 tabIndex={-1}>{title}</h2>
      {children}
    </li>
  );
}

function Pairing() {
  return (
    <>
      <FoundGateway />
      <ol class="steps">
        <li>
          <p>{t('run_here')}</p>
          <LazyRemedies
            diagnosis="no-credential"
            gatewayId={null}
            facts={NEW_GATEWAY}
            layout="first"
            isPlaced
          />
          <p class="soft small">{t('welcome_other')}</p>
        </li>
        <li>
          <PairingForm card={null} label={t('welcome_paste')} onPaired={() => {}} />
        </li>
      </ol>
    </>
  );
}

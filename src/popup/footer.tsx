import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { LazyMorePanel } from './lazy-parts.tsx';

interface Props {
  status: GatewayStatus;
  isAdding: boolean;
  onAdd: (isAdding: boolean) => void;
}

/** What stands at the foot: pause and the other pages; behind "More" what is needed rarely, or cannot be undone. */
export function Footer({ status, isAdding, onAdd }: Props) {
  const { code, gatewayId } = status;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const more = useRef<HTMLButtonElement>(null);
  const wasAdding = useRef(isAdding);
  useEffect(() => {
    // The button that led here is gone; the form took the focus on the way there.
    if (wasAdding.current && !isAdding) more.current?.focus();
    wasAdding.current = isAdding;
  }, [isAdding]);
  if (isAdding) {
    return (
      <div class="bar">
        <button type="button" class="quiet" onClick={() => onAdd(false)}>
          {t('back')}
        </button>
      </div>
    );
  }
  return (
    <>
      <div class="bar">
        {code !== 'paused' && (
          <ActionButton
            command={{ type: 'pause', gatewayId }}
            label="pause"
            busyLabel="pausing"
            class="quiet"
          />
        )}
        <PageLink page="doctor" gatewayId={gatewayId} />
        <PageLink page="history" gatewayId={gatewayId} />
        <button
          type="button"
          class="quiet more"
          ref={more}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {t('more')}
        </button>
      </div>
      <div id={id} class="panel" hidden={!isOpen}>
        {isOpen && (
          <LazyMorePanel status={status} onAdd={() => onAdd(true)} onUsed={() => more.current?.focus()} />
        )}
      </div>
    </>
  );
}

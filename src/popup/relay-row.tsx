import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { RelayCause } from '../relay/causes.ts';
import { relayLine } from '../words/explanation.ts';
import type { RelayPanel } from './relay-panel.tsx';

/** The relay's line among the facts of a connected gateway. */
export const RelayRow = ({ status: { relay }, now }: { status: GatewayStatus; now: number }) => (
  <div data-testid="relay" data-relay={relay.cause} data-attached={relay.attached}>
    <dt>{t('fact_relay')}</dt>
    <dd>{relayLine(relay, now)}</dd>
  </div>
);

/** On its own card, whose title says what is wrong with it: where it is. */
export const RelayAddress = ({ status: { relay }, now }: { status: GatewayStatus; now: number }) => (
  <span data-testid="relay" data-relay={relay.cause} data-attached={relay.attached}>
    {relay.address === null ? relayLine(relay, now) : <bdi>{relay.address}</bdi>}
  </span>
);

/** What a user can do so that we see more, behind a button; loaded when it is wanted. */
export function RelayHelp({ status }: { status: GatewayStatus }) {
  const { cause, bearing, isKeyHeld, attached, generation } = status.relay;
  const isKeyWanted = KEY_FAULTS.includes(cause);
  const [isOpen, setOpen] = useState(false);
  const isShown = isOpen || isKeyWanted;
  const [Panel, setPanel] = useState<{ component: typeof RelayPanel } | null>(null);
  useEffect(() => {
    if (isShown)
      void import('./relay-panel.tsx').then((loaded) => setPanel({ component: loaded.RelayPanel }));
  }, [isShown]);
  const isVague = bearing === 'proved' || bearing === 'alive' || cause === 'relay-listens';
  const canSeeMore = isKeyHeld || generation === 'legacy' ? isVague : isVague || bearing === 'asleep';
  if (!isKeyWanted && (attached !== 'unseen' || !canSeeMore)) return null;
  return (
    <div class="relay-help">
      {!isKeyWanted && (
        <button
          type="button"
          class="quiet"
          data-testid="relay-help"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isKeyHeld || generation === 'legacy' ? 'relay_more' : 'relay_verify')}
        </button>
      )}
      {isShown && Panel && <Panel.component status={status} isKeyWanted={isKeyWanted} />}
    </div>
  );
}

/** Faults that a fresh pairing string ends. */
const KEY_FAULTS: readonly RelayCause[] = [
  'relay-key-rejected',
  'relay-key-rotated',
  'relay-not-proved',
  'relay-profile-unknown',
];

import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { Health } from '../health.ts';
import type { RelayCause } from '../relay/causes.ts';
import { relayLine } from '../ui/relay-words.ts';
import type { RelayPanel } from './relay-panel.tsx';

/** The relay's line among the facts of a connected gateway. On its own card it says where the relay is instead. */
export function RelayRow({ status: { code, relay }, now }: { status: Health; now: number }) {
  const isOnOwnCard = code === 'relay' && relay.address !== null;
  return (
    <div data-testid="relay" data-relay={relay.cause} data-attached={relay.attached}>
      <dt>{t('fact_relay')}</dt>
      <dd>{isOnOwnCard ? <bdi>{relay.address}</bdi> : relayLine(relay, now)}</dd>
    </div>
  );
}

/** What a user can do so that we see more, behind a button; loaded when it is wanted. */
export function RelayHelp({ status }: { status: Health }) {
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

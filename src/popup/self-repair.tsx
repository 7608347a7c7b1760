/** Whether a refused device token is replaced without anybody; turns that on and off. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { keepDraft, readDraft } from '../browser/page/draft.ts';
import { prefer } from '../browser/page/preferences.ts';
import { followItem } from '../browser/storage.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { NO_PREFERENCES, preferencesItem, settingsItem } from '../storage/items.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { announce } from '../ui/announce.ts';
import { SelfRepairForm } from '../ui/self-repair-form.tsx';
import { lately } from '../words/time.ts';
import { Fact } from './fact.tsx';

const ROW = { 'data-testid': 'self-repair' } as const;

/** The row of a connected gateway; nothing where it is off and the user wants no offer. */
export function SelfRepair({ status, now }: { status: GatewayStatus; now: number }) {
  const { gatewayId, selfRepair, isWithoutDeviceToken, repairedAt } = status;
  const { isWanted, isDeclined } = useWishes(gatewayId);
  const isOn = selfRepair === 'on';
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isOn || !isAsked.current) return;
    isAsked.current = false;
    announce(t('self_repair_on'));
  }, [isOn]);
  if (isWithoutDeviceToken) {
    return <Fact mark="good" title={t('fact_signed_in')} text={t('fact_signed_in_secret')} />;
  }
  if (isOn && isWanted) {
    const repaired = lately(repairedAt, now);
    const text = repaired === null ? t('self_repair_ready') : t('self_repair_last', repaired);
    return (
      <Fact mark="good" title={t('self_repair_on')} text={text} data={ROW}>
        <ActionButton
          command={{ type: 'forget-secret', gatewayId }}
          label="self_repair_turn_off"
          busyLabel="self_repair_turning_off"
          class="quiet"
        />
      </Fact>
    );
  }
  if (isDeclined) return null;
  if (!isWanted) {
    return (
      <Fact mark="off" title={t('self_repair_off')} text={t('self_repair_unwanted')} data={ROW}>
        <a class="link" href="/src/pages/options/index.html#behaviour" target="_blank" rel="noopener">
          {t('self_repair_turn_on')}
        </a>
      </Fact>
    );
  }
  const onAsked = (): void => {
    isAsked.current = true;
  };
  return <Offer status={status} onAsked={onAsked} />;
}

function Offer({ status, onAsked }: { status: GatewayStatus; onAsked: () => void }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { gatewayId } = status;
  useEffect(() => {
    void readDraft().then(({ place, gatewayId: of }) => {
      if (place === 'self-repair' && of === gatewayId) setOpen(true);
    });
  }, []);
  const open = (is: boolean): void => {
    setOpen(is);
    void keepDraft(is ? { place: 'self-repair', gatewayId } : { place: null });
  };
  const isChecking = status.selfRepair === 'checking';
  return (
    <Fact
      mark="off"
      title={t('self_repair_off')}
      text={t(isChecking ? 'self_repair_checking' : 'self_repair_needs_secret')}
      data={ROW}
    >
      <button
        type="button"
        class="quiet"
        data-testid="turn-on-self-repair"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => open(!isOpen)}
      >
        {t('self_repair_turn_on')}
      </button>
      <div id={id} class="row-panel" hidden={!isOpen}>
        {isOpen && (
          <>
            <SelfRepairForm status={status} isFocused onAsked={onAsked} />
            <button
              type="button"
              class="quiet"
              data-testid="decline-self-repair"
              onClick={() => {
                open(false);
                void prefer(gatewayId, { isSelfRepairDeclined: true });
              }}
            >
              {t('self_repair_never')}
            </button>
          </>
        )}
      </div>
    </Fact>
  );
}

/** What the user wants of repairs: everywhere, and for this gateway. */
function useWishes(gatewayId: string): { isWanted: boolean; isDeclined: boolean } {
  const [isWanted, setWanted] = useState(DEFAULT_SETTINGS.repairsByItself);
  useEffect(
    () =>
      followItem(settingsItem, (reading) => {
        setWanted((reading.type === 'value' ? reading.value : DEFAULT_SETTINGS).repairsByItself);
      }),
    [],
  );
  return { isWanted, isDeclined: useDeclined(gatewayId) };
}

/** Whether the user wants no offer of self-repair for this gateway. */
export function useDeclined(gatewayId: string): boolean {
  const [isDeclined, setDeclined] = useState(NO_PREFERENCES.isSelfRepairDeclined);
  useEffect(
    () =>
      followItem(preferencesItem(gatewayId), (reading) => {
        setDeclined((reading.type === 'value' ? reading.value : NO_PREFERENCES).isSelfRepairDeclined);
      }),
    [gatewayId],
  );
  return isDeclined;
}

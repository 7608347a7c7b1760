import { useEffect, useRef, useState } from 'preact/hooks';
import { storedDeviceId } from '../../browser/device-identity.ts';
import { t } from '../../browser/i18n.ts';
import { followItem, readItem } from '../../browser/storage.ts';
import { OWN_CLIENTS } from '../../gateway/compatibility.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { connectionItem, gatewaysItem } from '../../storage/items.ts';
import { announce } from '../../ui/announce.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { problemSentence } from '../../words/problems.ts';
import { countdown } from '../../words/time.ts';
import { Section } from './controls.tsx';
import { GatewayRow } from './gateway-row.tsx';
import { useTell } from './toast.tsx';
import { UNDO_MS, useForgetting } from './use-forgetting.ts';

const POPUP = '/src/popup/index.html';

interface Props {
  statuses: readonly GatewayStatus[];
  /** Whether these are all: of data that cannot be read nobody knows what they hold. */
  isKnown: boolean;
  now: number;
}

/** Every gateway with what belongs to it. The first one is the primary. */
export function Gateways({ statuses, isKnown, now }: Props) {
  const tell = useTell();
  const addedAt = useAddedAt();
  const deviceIds = useDeviceIds(statuses);
  const { pending, forget, undo } = useForgetting((problem) => tell(problemSentence(problem), true));
  const [kept, setKept] = useState<string | null>(null);
  const shown = statuses.filter(({ gatewayId }) => pending.get(gatewayId) !== null);
  const primary = statuses.find(({ gatewayId }) => !pending.has(gatewayId));

  return (
    <Section id="gateways" title={t('gateways')}>
      {shown.length === 0 && isKnown && <p>{t('options_none')}</p>}
      {shown.length > 1 && <p class="soft small">{t('options_primary_hint')}</p>}
      {shown.length > 0 && (
        <ul class="gateways">
          {shown.map((status) => {
            const { gatewayId } = status;
            const goesAt = pending.get(gatewayId);
            return goesAt ? (
              <Undo
                key={gatewayId}
                name={gatewayName(status)}
                left={Math.min(goesAt - now, UNDO_MS)}
                onUndo={() => {
                  undo(gatewayId);
                  setKept(gatewayId);
                  tell(t('options_kept', gatewayName(status)));
                }}
              />
            ) : (
              <GatewayRow
                key={gatewayId}
                status={status}
                addedAt={addedAt.get(gatewayId) ?? null}
                deviceId={deviceIds.get(gatewayId) ?? null}
                isPrimary={shown.length > 1 && gatewayId === primary?.gatewayId}
                isAlone={shown.length === 1}
                isFocused={kept === gatewayId}
                now={now}
                onForget={() => {
                  setKept(null);
                  forget(gatewayId);
                  announce(t('options_forgetting_spoken', gatewayName(status)));
                }}
              />
            );
          })}
        </ul>
      )}
      <p>
        <a class="button" data-testid="add-gateway" href={`${POPUP}?add`} target="_blank" rel="noopener">
          {t(statuses.length === 0 ? 'options_pair_first' : 'add')}
        </a>
      </p>
    </Section>
  );
}

function Undo({ name, left, onUndo }: { name: string; left: number; onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const mine = button.current;
    mine?.focus();
    return () => {
      // Gone with its time: who was here goes on at the section.
      if (document.activeElement === mine) document.getElementById('gateways-title')?.focus();
    };
  }, []);
  return (
    <li class="gateway undo" data-testid="forgotten">
      <div>
        <p>
          <bdi>{t('options_forgetting', name)}</bdi>
        </p>
        <p class="soft small">{t('options_forgetting_hint', countdown(left))}</p>
      </div>
      <button type="button" ref={button} data-testid="undo" onClick={onUndo}>
        {t('options_undo')}
      </button>
    </li>
  );
}

/** When each gateway was added, milliseconds since the epoch: the snapshots do not carry it. */
function useAddedAt(): ReadonlyMap<string, number> {
  const [found, setFound] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(
    () =>
      followItem(gatewaysItem, (reading) => {
        const gateways = reading.type === 'value' ? reading.value : [];
        setFound(new Map(gateways.map(({ id, addedAt }) => [id, addedAt])));
      }),
    [],
  );
  return found;
}

/** By which id each gateway knows this browser. It changes with the way of speaking to a gateway, so with its state. */
function useDeviceIds(statuses: readonly GatewayStatus[]): ReadonlyMap<string, string> {
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map());
  const subject = statuses.map(({ gatewayId, code }) => `${gatewayId} ${code}`).join();
  useEffect(() => {
    let isOver = false;
    const find = async ({ gatewayId }: GatewayStatus): Promise<[string, string][]> => {
      const connection = await readItem(connectionItem(gatewayId));
      if (connection.type !== 'value') return [];
      const id = await storedDeviceId(gatewayId, OWN_CLIENTS[connection.value.profile.client].id);
      return id === null ? [] : [[gatewayId, id]];
    };
    void Promise.all(statuses.map(find)).then((ids) => {
      if (!isOver) setFound(new Map(ids.flat()));
    });
    return () => {
      isOver = true;
    };
  }, [subject]);
  return found;
}

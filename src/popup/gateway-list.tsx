import { gatewayName, t } from '../browser/i18n.ts';
import { causeOf } from '../gateway/causes.ts';
import type { Status, StatusCode } from '../gateway/status.ts';
import { stateWord } from '../ui/account.ts';
import { SilhouetteIcon } from '../ui/silhouette.tsx';

/** Who must act: you, we, nobody. Coarser than the states, so that a blip does not move a row under the mouse. */
function bucket({ code, cause }: Status): number {
  const first: readonly StatusCode[] = ['needs-you', 'approval', 'relay', 'limited'];
  const fine: readonly StatusCode[] = ['healthy', 'healed', 'unknown', 'paused'];
  if (first.includes(code)) return cause !== null && causeOf(cause).bearing === 'limited' ? 1 : 0;
  return fine.includes(code) ? 3 : 2;
}

/** Several gateways, the worst first; a click shows one. */
export function GatewayList({
  statuses,
  shownId,
  onSelect,
}: {
  statuses: readonly Status[];
  shownId: string | null;
  onSelect: (gatewayId: string) => void;
}) {
  const sorted = [...statuses].sort((a, b) => bucket(a) - bucket(b));
  return (
    <nav class="gateways" aria-label={t('gateways')}>
      <ul>
        {sorted.map((status) => (
          <li key={status.gatewayId}>
            <button
              type="button"
              class="quiet"
              aria-current={status.gatewayId === shownId ? 'true' : undefined}
              onClick={() => onSelect(status.gatewayId)}
            >
              <SilhouetteIcon code={status.code} />
              <bdi>{gatewayName(status)}</bdi>
              <span>{stateWord(status)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

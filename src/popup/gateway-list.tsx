import { gatewayName, t } from '../browser/i18n.ts';
import type { Status, StatusCode } from '../gateway/status.ts';
import { stateWord } from '../ui/account.ts';
import { SilhouetteIcon } from '../ui/silhouette.tsx';

/** You, we, nobody must act. Coarser than the states, so that a blip does not move a row under the mouse. */
const BUCKETS: readonly (readonly StatusCode[])[] = [
  ['needs-you', 'approval'],
  ['relay', 'down', 'offline', 'limited', 'reconnecting', 'starting'],
  ['unknown', 'healed', 'healthy'],
  ['paused', 'not-set-up'],
];

const bucket = ({ code }: Status): number => BUCKETS.findIndex((codes) => codes.includes(code));

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

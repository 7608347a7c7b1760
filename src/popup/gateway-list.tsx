import { t } from '../browser/i18n.ts';
import type { ConnectionStatus, StatusCode } from '../gateway/status.ts';
import { SilhouetteIcon } from '../ui/silhouette.tsx';
import { stateWord } from '../words/explanation.ts';
import { gatewayName } from '../words/gateway-name.ts';

/** You, we, nobody must act. Coarser than the states, so that a blip does not move a row under the mouse. */
const BUCKETS: readonly (readonly StatusCode[])[] = [
  ['needs-you', 'approval'],
  ['relay', 'down', 'offline', 'limited', 'reconnecting', 'starting'],
  ['unknown', 'healed', 'healthy'],
  ['paused', 'not-set-up'],
];

const bucket = ({ code }: ConnectionStatus): number => BUCKETS.findIndex((codes) => codes.includes(code));

/** Several gateways, the worst first, the primary one (the first of `statuses`) marked; a click shows one. */
export function GatewayList({
  statuses,
  shownId,
  onSelect,
}: {
  statuses: readonly ConnectionStatus[];
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
              {status === statuses[0] && (
                <span class="primary-mark" title={t('primary_gateway')}>
                  {/* Drawn: not every system has a letter for it. */}
                  <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path
                      fill="currentColor"
                      d="M8 1.2 10 5.7l4.9.5-3.7 3.3 1.1 4.8L8 11.8l-4.3 2.5 1.1-4.8L1.1 6.2 6 5.7z"
                    />
                  </svg>
                  <span class="visually-hidden">{t('primary_gateway')}</span>
                </span>
              )}
              <span class="word">{stateWord(status)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

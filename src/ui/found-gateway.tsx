import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { type LocalGateway, lookForGateway } from '../browser/page/local-gateway.ts';
import { DEFAULT_ADDRESS } from '../pairing/address.ts';
import { startCommand } from '../remedy/what-helps.ts';
import { NEW_GATEWAY } from './new-gateway.ts';
import { OneCommand } from './remedies.tsx';

const { port: PORT } = new URL(DEFAULT_ADDRESS);

/** Milliseconds. A closed port costs nothing; where something else answers, a look costs that one a handshake. */
const CLOSED_PACE_MS = 3_000;
const OTHER_PACE_MS = 15_000;

/** Before anything was pasted: whether there is a gateway on this computer, and how to start it where there is none. */
export function FoundGateway() {
  const found = useLook();
  switch (found) {
    case null:
      return <p class="found" />;
    case 'gateway':
      return (
        <p class="found good" data-testid="found-gateway" data-found={found}>
          {t('found_gateway')}
        </p>
      );
    case 'other':
      return (
        <p class="found soft" data-testid="found-gateway" data-found={found}>
          {t('found_other', PORT)}
        </p>
      );
    case 'nothing':
      return (
        <div class="found" data-testid="found-gateway" data-found={found}>
          <p>{t('found_nothing', PORT)}</p>
          <OneCommand commandOf={startCommand} testId="start-command" gatewayId={null} facts={NEW_GATEWAY} />
        </div>
      );
    default:
      return found satisfies never;
  }
}

/** One look when the page opens; others follow while it is seen and no gateway was found. */
function useLook(): LocalGateway | null {
  const [found, setFound] = useState<LocalGateway | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') {
        timer = setTimeout(look, CLOSED_PACE_MS);
        return;
      }
      const seen = await lookForGateway();
      if (isOver) return;
      setFound(seen);
      if (seen !== 'gateway') timer = setTimeout(look, seen === 'other' ? OTHER_PACE_MS : CLOSED_PACE_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return found;
}

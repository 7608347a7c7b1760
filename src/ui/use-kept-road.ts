import { useEffect, useState } from 'preact/hooks';
import { type KeptRoad, keptRoad } from '../browser/page/kept-road.ts';
import type { GatewayStatus } from '../gateway-status.ts';

/** What the diagnostics proved of this very failure; `null` until it was read, and where nothing was. */
export function useKeptRoad(status: GatewayStatus): KeptRoad | null {
  const { gatewayId, cause, since } = status;
  const [kept, setKept] = useState<KeptRoad | null>(null);
  useEffect(() => {
    let isOver = false;
    setKept(null);
    if (cause !== null) {
      void keptRoad({ gatewayId, cause, since }).then((found) => {
        if (!isOver) setKept(found);
      });
    }
    return () => {
      isOver = true;
    };
  }, [gatewayId, cause, since]);
  return kept;
}

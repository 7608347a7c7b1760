import { useEffect, useState } from 'preact/hooks';
import { followItem } from '../browser/storage.ts';
import type { Others } from '../others/state.ts';
import { othersItem } from '../storage/others-item.ts';

/** What is known of a gateway's other clients. `null`: the user has not allowed it; `undefined` until that is known. */
export function useOthers(gatewayId: string | null): Others | null | undefined {
  const [known, setKnown] = useState<{ of: string; others: Others | null } | null>(null);
  useEffect(() => {
    if (gatewayId === null) return;
    return followItem(othersItem(gatewayId), (reading) =>
      setKnown({ of: gatewayId, others: reading.type === 'value' ? reading.value : null }),
    );
  }, [gatewayId]);
  return known?.of === gatewayId ? known.others : undefined;
}

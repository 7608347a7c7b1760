import { useEffect, useState } from 'preact/hooks';
import type { StoredHistory } from '../../browser/stored-history.ts';

interface Known {
  readonly gatewayId: string;
  readonly past: StoredHistory;
}

/** A gateway's stored past, and what is added to it; `null` until it is read. Never that of another gateway. */
export function useHistory(gatewayId: string | null): StoredHistory | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (gatewayId === null) return;
    let isOver = false;
    let end = (): void => {};
    const tell = (past: StoredHistory): void => {
      if (!isOver) setKnown({ gatewayId, past });
    };
    // Loaded beside the first paint: with it comes the code that validates what is on the disk.
    import('../../browser/stored-history.ts').then(
      ({ followHistory }) => {
        if (!isOver) end = followHistory(gatewayId, tell);
      },
      // An update took this page's files away.
      () => tell({ type: 'unreadable' }),
    );
    return () => {
      isOver = true;
      end();
    };
  }, [gatewayId]);
  return known?.gatewayId === gatewayId ? known.past : null;
}

import { useEffect, useState } from 'preact/hooks';
import type { Past } from '../../browser/past.ts';

interface Known {
  readonly gatewayId: string;
  readonly past: Past;
}

/** A gateway's stored past, and what is added to it; `null` until it is read. Never that of another gateway. */
export function usePast(gatewayId: string | null): Past | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (gatewayId === null) return;
    let isOver = false;
    let end = (): void => {};
    const tell = (past: Past): void => {
      if (!isOver) setKnown({ gatewayId, past });
    };
    // Loaded beside the first paint: with it comes the code that validates what is on the disk.
    import('../../browser/past.ts').then(
      ({ followPast }) => {
        if (!isOver) end = followPast(gatewayId, tell);
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

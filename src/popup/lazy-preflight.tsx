import { useEffect, useState } from 'preact/hooks';
import type { GatewayStatus } from '../gateway-status.ts';

type Line = typeof import('../ui/preflight-line.tsx').PreflightLine;

/** See `ui/preflight-line.tsx`. Loaded after the card's first paint, which it does not decide; its place is kept. */
export function LazyPreflight(props: { status: GatewayStatus; now: number }) {
  const [Found, setFound] = useState<Line | null>(null);
  useEffect(() => {
    void import('../ui/preflight-line.tsx').then(({ PreflightLine }) => setFound(() => PreflightLine));
  }, []);
  return Found ? <Found {...props} isBesideFacts /> : <p class="preflight" aria-hidden="true" />;
}

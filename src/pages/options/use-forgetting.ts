/** Gateways that are about to be forgotten: hidden at once, gone when the time to undo it is over or the page is left. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { send } from '../../browser/page/worker-link.ts';

/** Milliseconds. */
export const UNDO_MS = 10_000;

interface Forgetting {
  /** When it is forgotten, milliseconds since the epoch; `null` once that was asked for. */
  readonly at: number | null;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Nothing is asked of the worker while it can be undone, so undoing leaves everything untouched. */
export function useForgetting(onProblem: (problem: string) => void): {
  /** When each of them is forgotten; `null` once it is. */
  readonly pending: ReadonlyMap<string, number | null>;
  readonly forget: (gatewayId: string) => void;
  readonly undo: (gatewayId: string) => void;
} {
  const all = useRef(new Map<string, Forgetting>());
  const [pending, setPending] = useState<ReadonlyMap<string, number | null>>(new Map());
  const publish = useCallback(
    () => setPending(new Map([...all.current].map(([id, { at }]) => [id, at]))),
    [],
  );
  const tellProblem = useRef(onProblem);
  tellProblem.current = onProblem;

  const carryOut = useCallback(
    async (gatewayId: string, { timer }: Forgetting) => {
      clearTimeout(timer);
      all.current.set(gatewayId, { at: null, timer });
      publish();
      const reply = await send({ type: 'forget-gateway', gatewayId });
      if (reply.ok) return;
      all.current.delete(gatewayId);
      publish();
      tellProblem.current(reply.problem);
    },
    [publish],
  );

  const forget = useCallback(
    (gatewayId: string) => {
      const timer = setTimeout(() => {
        const forgetting = all.current.get(gatewayId);
        if (forgetting) void carryOut(gatewayId, forgetting);
      }, UNDO_MS);
      all.current.set(gatewayId, { at: Date.now() + UNDO_MS, timer });
      publish();
    },
    [carryOut, publish],
  );

  const undo = useCallback(
    (gatewayId: string) => {
      const forgetting = all.current.get(gatewayId);
      if (!forgetting || forgetting.at === null) return;
      clearTimeout(forgetting.timer);
      all.current.delete(gatewayId);
      publish();
    },
    [publish],
  );

  useEffect(() => {
    const leave = (): void => {
      for (const [gatewayId, forgetting] of all.current) {
        if (forgetting.at !== null) void carryOut(gatewayId, forgetting);
      }
    };
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, [carryOut]);

  return { pending, forget, undo };
}

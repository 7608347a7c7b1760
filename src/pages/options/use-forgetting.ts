/** Gateways that are about to be forgotten: hidden at once, gone when the time to undo it is over or the page is left. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { forgetOnLeave } from '../../browser/page/forget-on-leave.ts';
import { send } from '../../browser/page/worker-link.ts';

/** Milliseconds. */
export const UNDO_MS = 10_000;

interface Forgetting {
  /** When it is forgotten, milliseconds since the epoch; `null` once that was asked for. */
  readonly at: number | null;
  readonly timer: ReturnType<typeof setTimeout>;
  /** It is not forgotten any more when the page is left. */
  readonly keep: () => void;
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
    async (gatewayId: string, forgetting: Forgetting) => {
      all.current.set(gatewayId, { ...forgetting, at: null });
      publish();
      const reply = await send({ type: 'forget-gateway', gatewayId });
      forgetting.keep();
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
      all.current.set(gatewayId, { at: Date.now() + UNDO_MS, timer, keep: forgetOnLeave(gatewayId) });
      publish();
    },
    [carryOut, publish],
  );

  const undo = useCallback(
    (gatewayId: string) => {
      const forgetting = all.current.get(gatewayId);
      if (!forgetting || forgetting.at === null) return;
      clearTimeout(forgetting.timer);
      forgetting.keep();
      all.current.delete(gatewayId);
      publish();
    },
    [publish],
  );

  return { pending, forget, undo };
}

/** One run of the doctor: its own looks, and a sign of life that came during them. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { look as lookAround } from '../../browser/page/doctor-probes.ts';
import type { Failure, Looks, RoadLook } from '../../doctor/types.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { isConnected } from '../../gateway-status.ts';
import type { Command } from '../../messages.ts';
import { type Help, helpFor } from './help.ts';

/** Milliseconds. A run is over by then, whatever has not answered. */
const RUN_LIMIT_MS = 2_800;
/** Milliseconds. A verdict does not wait for a disk that hangs; what helps is shown when it comes. */
const HELP_LIMIT_MS = 2_000;

export interface Run {
  /** The last looks; `null` until the first run is over. */
  readonly looks: Looks | null;
  /** What there was to explain when it ended: what it saw of the way is of that alone. */
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly help: Help | null;
  /** When the last run ended, and how long it took: milliseconds. */
  readonly endedAt: number;
  readonly tookMs: number;
  /** Begins a run, unless one is under way. */
  readonly again: () => void;
}

const NEVER: Omit<Run, 'again'> = {
  looks: null,
  failure: null,
  help: null,
  isRunning: true,
  endedAt: 0,
  tookMs: 0,
};

/** What a click on "run again" asks of the worker. What only the user may end is not tried again on the side. */
const commandFor = (status: GatewayStatus): Command | null =>
  status.code === 'needs-you' || status.code === 'paused'
    ? null
    : { type: 'check', gatewayId: status.gatewayId };

/** The worker has come to a conclusion, and if all is well to a fresh one. */
const isSettled = (status: GatewayStatus | null, startedAt: number): boolean =>
  status === null ||
  (status.code !== 'unknown' && !(isConnected(status) && (status.provenAt ?? 0) < startedAt));

/** How a run looks around: see `browser/page/doctor-probes.ts`. */
export type LookAround = typeof lookAround;

/** Runs once for each gateway that is shown, and whenever asked to. */
export function useRun(status: GatewayStatus | null, look: LookAround): Run {
  const latest = useRef(status);
  const onHealth = useRef<() => void>(() => {});
  const [state, setState] = useState(NEVER);
  const serial = useRef(0);

  useLayoutEffect(() => {
    latest.current = status;
    onHealth.current();
  }, [status]);

  const run = useCallback(
    async (isClick: boolean) => {
      serial.current += 1;
      const mine = serial.current;
      setState((before) => ({ ...before, isRunning: true }));
      const before = latest.current;
      const startedAt = Date.now();
      // A sign of life has to come during the run: the one that opening the page brings may be too early for it.
      const isAsking = before !== null && (isClick || isConnected(before));
      const helping = helpFor(before);
      let late: RoadLook | null = null;
      const onRoad = (road: RoadLook): void => {
        late = road;
        if (mine !== serial.current) return;
        setState((now) =>
          now.looks === null || now.isRunning ? now : { ...now, looks: { ...now.looks, road } },
        );
      };
      const [found, help] = await Promise.all([
        look(before, isAsking ? commandFor(before) : null, onRoad),
        Promise.race([
          helping,
          new Promise<null>((resolve) => setTimeout(() => resolve(null), HELP_LIMIT_MS)),
        ]),
      ]);
      if (found.worker.found === 'answers') {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, startedAt + RUN_LIMIT_MS - Date.now());
          onHealth.current = () => {
            if (!isSettled(latest.current, startedAt)) return;
            clearTimeout(timer);
            resolve();
          };
          onHealth.current();
        });
        onHealth.current = () => {};
      }
      const endedAt = Date.now();
      if (mine !== serial.current) return;
      const looks: Looks = { ...found, road: found.road ?? late };
      const tookMs = endedAt - startedAt;
      setState({ looks, failure: latest.current, help, isRunning: false, endedAt, tookMs });
      if (help !== null) return;
      const lateHelp = await helping;
      if (lateHelp !== null && mine === serial.current) setState((now) => ({ ...now, help: lateHelp }));
    },
    [look],
  );

  const gatewayId = status?.gatewayId ?? null;
  useEffect(() => {
    setState(NEVER);
    void run(false);
  }, [gatewayId, run]);

  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.run = state.isRunning ? 'running' : 'done';
    dataset.runEndedAt = String(state.endedAt);
  }, [state.isRunning, state.endedAt]);

  const again = useCallback(() => {
    if (!state.isRunning) void run(true);
  }, [state.isRunning, run]);
  return { ...state, again };
}

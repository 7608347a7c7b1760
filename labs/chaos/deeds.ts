/** What faults are made of. */
import { until } from '../../harness/process/wait.ts';
import { below, type Chance } from '../fuzz/chance.ts';
import type { Rig } from './rig.ts';
import type { Situation } from './situation.ts';

/** Ends what a fault began; `null` if it is over already. */
export type Undo = (() => Promise<void>) | null;

/** Does a fault for real, and to the model's situation; `dice` is its own chance. Resolves to its end. */
export type Fault = (rig: Rig, dice: Chance, note: (step: string) => void) => Promise<Undo>;

/** Nothing that ends a connection takes longer to arrive. */
export const ENDS_WITHIN_MS = 30_000;
export const MINUTE = 60_000;

/** A whole number of milliseconds. */
export const between = (dice: Chance, from: number, to: number): number => from + below(dice, to - from + 1);
export const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Does what ends the connection, and waits until it has ended: until then all looks well. */
export async function breaking(rig: Rig, how: () => unknown): Promise<void> {
  const { lane } = rig;
  const { opened, isConnected } = lane;
  await how();
  if (!isConnected) return;
  await until(ENDS_WITHIN_MS, 'the connection to end', () => !lane.isConnected || lane.opened > opened);
}

export const turn = (rig: Rig, ...changes: ((situation: Situation) => Situation)[]): void => {
  rig.situations = rig.situations.map((situation) =>
    changes.reduce((each, happen) => happen(each), situation),
  );
};

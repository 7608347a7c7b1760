/** Steps, one after the other: each decision returns a state and what has to be done. Pure. */
import type { ConnectionState, Step } from './state.ts';

export const stay = (state: ConnectionState): Step => ({ state, effects: [] });

/** `first` happens, then what `next` makes of its state. */
export function followedBy(first: Step, next: (state: ConnectionState) => Step): Step {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

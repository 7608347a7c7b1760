/**
 * The pump of one connection: events in, one at a time; the state saved; the effects out. It knows nothing of
 * browsers, so the same pump runs in tests and benches.
 */
import { transition } from '../gateway/connection.ts';
import { nextMoment } from '../gateway/projection.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  durable,
  type Effect,
  type Moment,
} from '../gateway/state.ts';

/** What a supervisor needs from the world around it. */
export interface Surroundings {
  /** Starts an effect. Never throws; what comes of it arrives as an event. */
  run(effect: Effect): void;
  /** Must be durable when it resolves. Never rejects: a full disk is reported elsewhere and must not stop us. */
  save(state: ConnectionState): Promise<void>;
  /** Called after every event, but for those of a socket that changed nothing. */
  show(state: ConnectionState): void;
  /** The circumstances of this moment. */
  moment(): Moment;
}

export class Supervisor {
  #state: ConnectionState;
  readonly #surroundings: Surroundings;
  readonly #queue: ConnectionEvent[] = [];
  #isPumping = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(initial: ConnectionState, surroundings: Surroundings) {
    this.#state = initial;
    this.#surroundings = surroundings;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Queues an event. Events are handled strictly in order, each with the state the one before left. */
  dispatch(event: ConnectionEvent): void {
    if (this.#isStopped) return;
    this.#queue.push(event);
    if (!this.#isPumping) void this.#pump();
  }

  /** No event is handled, no effect started and nothing saved after this. */
  stop(): void {
    this.#isStopped = true;
    this.#queue.length = 0;
    clearTimeout(this.#timer);
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let event = this.#queue.shift(); event && !this.#isStopped; event = this.#queue.shift()) {
      const before = this.#state;
      const { state, effects } = transition(before, event, this.#surroundings.moment());
      // [B1] The other end decides how many of these there are.
      if (state === before && effects.length === 0 && 'generation' in event) continue;
      this.#state = state;
      this.#surroundings.show(state);
      // Save before acting: a worker that dies after this line must not act twice, or forget that it acted.
      if (durable(state) !== durable(before)) await this.#surroundings.save(state);
      for (const effect of effects) if (!this.#isStopped) this.#surroundings.run(effect);
      this.#arm();
    }
    this.#isPumping = false;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const { now } = this.#surroundings.moment();
    const at = nextMoment(this.#state, now);
    if (at === null) return;
    this.#timer = setTimeout(() => this.dispatch({ type: 'clock-ticked' }), Math.max(0, at - now));
  }
}

/** Keeps an eye on the Browser Relay beside one connected gateway: when to look, and what is known since. */
import { lookAtRelay } from '../browser/worker/relay-probe.ts';
import { openCredential } from '../browser/worker/vault.ts';
import { presentable } from '../foreign-text.ts';
import type { ConnectionState } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import { diagnoseRelay } from '../relay/diagnosis.ts';
import { planLook, type RelayScene } from '../relay/look.ts';
import type { RelayState } from '../relay/state.ts';
import { afterLook, nextLookAt, notBefore } from '../relay/watch.ts';

/**
 * [L9] What the watches of all gateways share, since the browser slows down the whole extension: when handshakes failed,
 * and the end of the line in which they wait for their look.
 */
export interface HandshakeBudget {
  failures: number[];
  turn: Promise<unknown>;
}

/** What a watch needs from the world around it. */
export interface RelaySurroundings {
  readonly budget: HandshakeBudget;
  connection(): ConnectionState;
  /** A page of ours is open. */
  isWatched(): boolean;
  /** Must be durable when it resolves. Never rejects. */
  save(state: RelayState): Promise<void>;
  /** Called when the state has changed. */
  show(): void;
}

/** A page that was opened again and again asks no more often than this. Milliseconds. */
const PAGE_SPACING_MS = 10_000;
/** After a look that came to nothing, because storage or keys could not be reached. Milliseconds. */
const RESTS_MS = 10_000;

/** At most one look at a time; a request that comes during one gets its result. */
export class RelayWatch {
  #state: RelayState;
  readonly #gateway: GatewayRecord;
  readonly #surroundings: RelaySurroundings;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLooking = false;
  /** The user clicked during a look that may have begun too early for what they did. */
  #isWantedAgain = false;
  #isStopped = false;
  #connectedSince: number | null = null;
  /** An expected relay has an allowance of its own: it does not wait for gateways that have none. */
  readonly #own: HandshakeBudget = { failures: [], turn: Promise.resolve() };
  /** Nothing is tried before: storage that cannot be reached now is not hammered either. */
  #restsUntil = 0;

  constructor(gateway: GatewayRecord, initial: RelayState, surroundings: RelaySurroundings) {
    this.#gateway = gateway;
    this.#state = initial;
    this.#surroundings = surroundings;
  }

  get state(): RelayState {
    return this.#state;
  }

  get #budget(): HandshakeBudget {
    return this.#state.isExpected ? this.#own : this.#surroundings.budget;
  }

  #isTooSoon(now: number): boolean {
    return notBefore({ failures: this.#budget.failures, now }) > now;
  }

  /** Called after every event of the connection; only coming and going matters here. */
  connectionChanged(): void {
    const { phase } = this.#surroundings.connection();
    const since = phase.name === 'connected' ? phase.since : null;
    if (since === this.#connectedSince) return;
    this.#connectedSince = since;
    this.arm();
  }

  /** A click looks at once; a page that opens only if the last look is a while ago. */
  request(by: 'user' | 'page'): void {
    const age = Date.now() - (this.#state.reading?.at ?? 0);
    this.#isWantedAgain = by === 'user' && this.#isLooking;
    if (by === 'user' || age > PAGE_SPACING_MS) void this.#look();
    else this.arm();
  }

  /** Replaces what is known, for good reason: another key. A look that is under way is about the old one. */
  async replace(state: RelayState): Promise<void> {
    this.#set(state);
    await this.#surroundings.save(state);
    void this.#look();
  }

  /** Sets the clock for the next look. A timer is only a hint: early or late ones do no harm. */
  arm(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped || this.#isLooking) return;
    const now = Date.now();
    const at = nextLookAt(this.#state, {
      now,
      connectedSince: this.#connectedSince,
      isWatched: this.#surroundings.isWatched(),
      failures: this.#budget.failures,
    });
    if (at === null) return;
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, at - now, this.#restsUntil - now));
  }

  /** No look and no write after this. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const began = Date.now();
    const connectedSince = this.#connectedSince;
    const isOutOfPlace = this.#isLooking || this.#isStopped || this.#isTooSoon(began);
    if (isOutOfPlace || connectedSince === null) return this.arm();
    this.#isLooking = true;
    this.#isWantedAgain = false;
    const { key } = this.#state;
    // A clock that was set back puts no look before the connection that it is about.
    const budget = this.#budget;
    const look = this.#inTurn(budget, Math.max(began, connectedSince));
    budget.turn = look;
    const next = await look;
    this.#isLooking = false;
    if (this.#isStopped) return;
    if (next === null) this.#restsUntil = Date.now() + RESTS_MS;
    // What was seen of a connection that has ended, or with a key that was replaced, is not about now.
    const isAboutNow = connectedSince === this.#connectedSince && key === this.#state.key;
    if (next && isAboutNow) {
      this.#set(next);
      await this.#surroundings.save(next);
    }
    if (this.#isWantedAgain || !isAboutNow) void this.#look();
    else this.arm();
  }

  /** Each look may use up the allowance, so each waits for the one before. `null`: it came to nothing; `undefined`: none was made. */
  async #inTurn(budget: HandshakeBudget, at: number): Promise<RelayState | null | undefined> {
    await budget.turn;
    if (this.#isStopped || this.#isTooSoon(Date.now())) return undefined;
    return this.#seen(budget, at).catch(() => null);
  }

  /** @param at milliseconds since the epoch */
  async #seen(budget: HandshakeBudget, at: number): Promise<RelayState> {
    const { address, reach, id } = this.#gateway;
    const { key } = this.#state;
    const began = performance.now();
    const scene: RelayScene = {
      address,
      reach,
      serverVersion: this.#surroundings.connection().server?.version ?? null,
      key,
      isChromium: self.location.protocol === 'chrome-extension:',
    };
    const secret = key && (await openCredential(id, 'relay-key', key.serial));
    const plan = planLook(scene);
    const { observations, failedHandshakes } = await lookAtRelay(plan, secret);
    for (let i = 0; i < failedHandshakes; i += 1) budget.failures.push(Date.now());
    budget.failures = budget.failures.slice(-20);
    const finding = diagnoseRelay(plan, observations, {
      reach,
      isKeyHeld: secret !== null,
      wasKeyProven: key?.provenAt != null,
    });
    const words = finding.words && presentable(finding.words);
    return afterLook(this.#state, { ...finding, words }, at, Math.round(performance.now() - began));
  }

  #set(state: RelayState): void {
    this.#state = state;
    this.#surroundings.show();
  }
}

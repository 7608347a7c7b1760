/** All gateways of this installation: one supervisor each, loaded from storage and kept there. */
import { forgetDeviceKey } from '../browser/keys.ts';
import { readItem, readTogether } from '../browser/storage.ts';
import { dropItem, isAnythingUnwritten, keepItem, onUnwritten, storeItem } from '../browser/worker/keeper.ts';
import { forgetCredential, type SealedKind } from '../browser/worker/vault.ts';
import { causeOf } from '../gateway/causes.ts';
import { OWN_CLIENT_KINDS, OWN_CLIENTS } from '../gateway/compatibility.ts';
import type { Answer, ReadParams, Topic } from '../gateway/read-methods.ts';
import { type ConnectionEvent, type ConnectionState, initialState } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import type { Snapshot } from '../messages.ts';
import { readdressed } from '../pairing/readdressed.ts';
import type { RelayKeyPaste } from '../pairing/recognised.ts';
import { relayOwner } from '../pairing/relay-owner.ts';
import { toGatewayStatus } from '../projection.ts';
import type { RelayState } from '../relay/state.ts';
import { INITIAL_RELAY } from '../relay/status.ts';
import type { Secret } from '../secret.ts';
import type { Item, Reading } from '../storage/item.ts';
import {
  connectionItem,
  credentialItem,
  gatewaysItem,
  insideItem,
  preferencesItem,
  relayItem,
} from '../storage/items.ts';
import { createEffectRunner, type EffectRunner } from './effects.ts';
import {
  addRelayKey,
  addRepairSecret,
  type FreshCredential,
  forgetRelayKey,
  leftovers,
  SEALED_KINDS,
  sealed,
} from './entrusted.ts';
import { type HandshakeBudget, RelayWatch } from './relay-watch.ts';
import { Supervisor } from './supervisor.ts';

interface Member {
  gateway: GatewayRecord;
  readonly supervisor: Supervisor;
  readonly effects: EffectRunner;
  readonly relay: RelayWatch;
}

/** What the fleet asks of the worker that runs it. */
export interface Circumstances {
  /** A page of ours is open. */
  isWatched(): boolean;
  /** A page of ours shows this gateway. */
  isLookedAt(gatewayId: string): boolean;
  /** [R23] Since when the gateway's own page for approvals, which we opened, is in front; `null` where it is not. */
  approverSince(gatewayId: string): number | null;
  /** The user lets us replace a refused device token without asking. */
  mayRepair(): boolean;
  /** A gateway says who is connected to it now, in its own shape. */
  presence?(gatewayId: string, payload: unknown): void;
}

/** [B5] So many gateways that are away may be knocked at in the same moment. */
const MOST_AT_ONCE = 10;

const isAwaitingPort = ({ phase }: ConnectionState): boolean =>
  phase.name === 'knocking' ||
  (phase.name === 'waiting' && (phase.why === 'unreachable' || phase.why === 'another-run'));

/**
 * The relay is looked at for the same reasons as its gateway. [B7] A gateway that owes us an answer is not asked whether it
 * lives: the answer will say so, and one that is busy with it would be called silent before its time.
 */
function deliver({ supervisor, effects, relay }: Member, event: ConnectionEvent): void {
  const isCheck = event.type === 'check-requested';
  if (!(isCheck && effects.isAnswerDue)) supervisor.dispatch(event);
  if (isCheck) relay.request(event.by === 'page' ? 'page' : 'user');
  else if (event.type === 'clock-ticked') relay.arm();
}

/**
 * A new worker goes on with what the one before left. [R17] A device token may be in the vault that the state has not heard
 * of; [R6] [R18] what else lies there and is named by nobody is a removal that failed, or that the worker did not live to make.
 */
function revive(member: Member, vault: (kind: SealedKind) => readonly string[], isKnown: boolean): void {
  const { gateway, supervisor, relay } = member;
  const [newestToken = null] = vault('device-token');
  if (isKnown) {
    for (const { kind, serial } of leftovers(supervisor.state, relay.state, vault))
      void forgetCredential(gateway.id, kind, serial).catch(() => {});
  }
  supervisor.dispatch({ type: 'worker-started', newestToken });
}

export class Fleet {
  readonly #members = new Map<string, Member>();
  readonly #onChange: () => void;
  readonly #circumstances: Circumstances;
  readonly #budget: HandshakeBudget = { failures: [], turn: Promise.resolve() };
  #turn: Promise<unknown> = Promise.resolve();
  /** What could not be read. */
  #storageProblem: 'newer' | 'unreadable' | null = null;

  private constructor(onChange: () => void, circumstances: Circumstances) {
    this.#onChange = onChange;
    onUnwritten(onChange);
    this.#circumstances = circumstances;
  }

  /** Loads every gateway and revives its connection. Never rejects: what cannot be read becomes a problem. */
  static async load(onChange: () => void, circumstances: Circumstances): Promise<Fleet> {
    const fleet = new Fleet(onChange, circumstances);
    const gateways = await readItem(gatewaysItem);
    if (gateways.type === 'newer' || gateways.type === 'unreadable') fleet.#storageProblem = gateways.type;
    if (gateways.type !== 'value') return fleet;
    const read = await readTogether(
      gateways.value.flatMap(({ id }) => [
        connectionItem(id),
        relayItem(id),
        ...SEALED_KINDS.map((kind) => credentialItem(id, kind)),
      ]),
    );
    const current = gateways.value.map(readdressed);
    if (current.some((gateway, index) => gateway !== gateways.value[index]))
      await storeItem(gatewaysItem, current).catch(() => {});
    for (const gateway of current) {
      const { id } = gateway;
      const member = fleet.#enlist(gateway, read(connectionItem(id)), read(relayItem(id)));
      const vault = (kind: SealedKind): readonly string[] => {
        const sealed = read(credentialItem(id, kind));
        return sealed.type === 'value' ? sealed.value.map(({ serial }) => serial) : [];
      };
      revive(member, vault, read(connectionItem(id)).type === 'value');
    }
    return fleet;
  }

  #enlist(gateway: GatewayRecord, connection: Reading<ConnectionState>, relay: Reading<RelayState>): Member {
    const effects = createEffectRunner(gateway, {
      dispatch: (event) => supervisor.dispatch(event),
      held: () => supervisor.state.held,
      presence: (payload) => {
        // [B3] Who has not let us in may say what it likes.
        if (supervisor.state.phase.name === 'connected') this.#circumstances.presence?.(gateway.id, payload);
      },
    });
    const supervisor = new Supervisor(connection.type === 'value' ? connection.value : initialState(), {
      run: effects.run,
      save: this.#saver(connectionItem(gateway.id), connection),
      show: () => {
        watch.connectionChanged();
        this.#onChange();
      },
      moment: () => ({
        now: Date.now(),
        random: Math.random(),
        isLocal: gateway.reach === 'loopback',
        isOnline: navigator.onLine,
        mayRepair: this.#circumstances.mayRepair(),
        crowd: this.#circumstances.isLookedAt(gateway.id) ? 1 : this.#knockers,
        approverSince: this.#circumstances.approverSince(gateway.id),
      }),
    });
    const watch = new RelayWatch(gateway, relay.type === 'value' ? relay.value : INITIAL_RELAY, {
      budget: this.#budget,
      connection: () => supervisor.state,
      isWatched: this.#circumstances.isWatched,
      save: this.#saver(relayItem(gateway.id), relay),
      show: this.#onChange,
    });
    const member = { gateway, supervisor, effects, relay: watch };
    this.#members.set(gateway.id, member);
    return member;
  }

  /** Writes one item; never what we could not read: that is not overwritten by something that we make up. */
  #saver<T>(item: Item<T>, { type }: Reading<T>): (value: T) => Promise<void> {
    if (type === 'newer' || type === 'unreadable') {
      this.#storageProblem = type;
      return async () => {};
    }
    return async (value) => void (await keepItem(item, value));
  }

  get snapshot(): Snapshot {
    const now = Date.now();
    const statuses = [...this.#members.values()].map(({ gateway, supervisor, relay }) =>
      toGatewayStatus(gateway, supervisor.state, relay.state, now),
    );
    const problem = this.#storageProblem ?? (isAnythingUnwritten() ? 'unwritable' : null);
    return { statuses, storageProblem: problem };
  }

  /** [B5] How many gateways are away, and are knocked at. */
  get #knockers(): number {
    const all = [...this.#members.values()];
    return all.filter(({ supervisor: { state } }) => isAwaitingPort(state)).length;
  }

  /** [B5] A page was opened: what it shows should be fresh. In a crowd that is away each knocks when it is its turn. */
  pageOpened(): void {
    const isCrowd = this.#knockers > MOST_AT_ONCE;
    for (const member of this.#members.values()) {
      if (isCrowd && isAwaitingPort(member.supervisor.state)) continue;
      deliver(member, { type: 'check-requested', by: 'page' });
    }
  }

  /** [B5] A page shows this gateway now: it need not wait for its turn. */
  lookedAt(gatewayId: string): void {
    const member = this.#members.get(gatewayId);
    if (!member || !isAwaitingPort(member.supervisor.state) || this.#knockers <= MOST_AT_ONCE) return;
    deliver(member, { type: 'check-requested', by: 'page' });
  }

  /** What could not be read of a relay may be readable now, or the other way round. Of a gateway it says nothing. */
  permissionsChanged(): void {
    for (const { relay } of this.#members.values()) relay.request('user');
  }

  get #phases() {
    return [...this.#members.values()].map(({ supervisor }) => supervisor.state.phase.name);
  }

  /** Some connection will act by itself: the worker has to stay, or be woken. */
  get isActive(): boolean {
    return this.#phases.some((name) => name !== 'blocked' && name !== 'paused');
  }

  get isConnected(): boolean {
    return this.#phases.includes('connected');
  }

  find(gatewayId: string): GatewayRecord | null {
    return this.#members.get(gatewayId)?.gateway ?? null;
  }

  /** [B7] Asks a gateway that has let us in. Never rejects, and nothing of the connection depends on it. */
  async ask(gatewayId: string, topic: Topic, params?: ReadParams): Promise<Answer> {
    const member = this.#members.get(gatewayId);
    if (member?.supervisor.state.phase.name !== 'connected')
      return { type: 'dropped', reason: 'not-connected' };
    return member.effects.ask(topic, params);
  }

  /** A person on the gateway has to approve us, or we try to reach it by ourselves. */
  awaits(gatewayId: string, what: 'approval' | 'way'): boolean {
    const { trouble } = this.#members.get(gatewayId)?.supervisor.state ?? { trouble: null };
    const recovery = what === 'way' ? 'reconnect' : 'await-approval';
    return trouble !== null && causeOf(trouble.cause).recovery === recovery;
  }

  /** @returns false if there is no such gateway (any more) */
  dispatch(gatewayId: string, event: ConnectionEvent): boolean {
    const member = this.#members.get(gatewayId);
    if (member) deliver(member, event);
    return member !== undefined;
  }

  dispatchAll(event: ConnectionEvent): void {
    for (const member of this.#members.values()) deliver(member, event);
  }

  /**
   * Hands a fresh credential to the gateway at this address, adding the gateway if it is new.
   *
   * @returns the gateway's id. Rejects, with nothing changed, if it could not be stored.
   */
  pair(target: Pick<GatewayRecord, 'address' | 'reach'>, credential: FreshCredential): Promise<string> {
    return this.#inTurn(async () => {
      if (this.#storageProblem !== null) {
        throw new Error('storage is not ours to write');
      }
      const known = [...this.#members.values()].find(({ gateway }) => gateway.address === target.address);
      const gateway = known?.gateway ?? {
        ...target,
        id: crypto.randomUUID(),
        addedAt: Date.now(),
        name: null,
      };
      const event = await sealed(gateway.id, credential, known?.supervisor.state ?? null);
      if (!known) await storeItem(gatewaysItem, [...this.#records, gateway]);
      const { supervisor } = known ?? this.#enlist(gateway, { type: 'absent' }, { type: 'absent' });
      supervisor.dispatch(event);
      return gateway.id;
    });
  }

  /**
   * [R22] Keeps a gateway secret for repairs: where the gateway is connected, after it was tried once; where it asks for a
   * credential, as that.
   *
   * @returns why it was not even tried, or `null`. Rejects, with nothing changed, if it could not be stored.
   */
  async addRepairSecret(
    gatewayId: string,
    secret: Secret,
  ): Promise<'secret-rejected-before' | 'not-connected' | null> {
    const member = this.#members.get(gatewayId);
    if (!member) return 'not-connected';
    const outcome = await addRepairSecret(member, secret);
    if (outcome !== 'as-credential') return outcome;
    await this.pair(member.gateway, { kind: 'gateway-secret', secret, isRemembered: true });
    return null;
  }

  /**
   * Keeps a relay key, sealed, for the gateway that it belongs to.
   *
   * @param pastedOn the gateway on whose card it was pasted, if on any
   * @returns the gateway's id, or `null` if it belongs to none of ours. Rejects if it could not be stored.
   */
  async addRelayKey(paste: RelayKeyPaste, pastedOn: string | null): Promise<string | null> {
    const gateways = [...this.#members.values()].map(({ gateway }) => gateway);
    const member = this.#members.get(relayOwner(paste, gateways, pastedOn) ?? '');
    if (!member) return null;
    await addRelayKey(member, paste);
    return member.gateway.id;
  }

  /** @returns false if there is no such gateway (any more). Rejects if storage refused. */
  async forgetRelayKey(gatewayId: string): Promise<boolean> {
    const member = this.#members.get(gatewayId);
    if (member) await forgetRelayKey(member);
    return member !== undefined;
  }

  /** @returns false if there is no such gateway (any more). Rejects, with nothing changed, if storage refused. */
  rename(gatewayId: string, name: string | null): Promise<boolean> {
    return this.#inTurn(async () => {
      const member = this.#members.get(gatewayId);
      if (!member) return false;
      const renamed = { ...member.gateway, name };
      await storeItem(
        gatewaysItem,
        this.#records.map((each) => (each.id === gatewayId ? renamed : each)),
      );
      member.gateway = renamed;
      this.#onChange();
      return true;
    });
  }

  /** @returns false if there is no such gateway (any more). Rejects, with nothing changed, if storage refused. */
  putFirst(gatewayId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const member = this.#members.get(gatewayId);
      if (!member) return false;
      const others = [...this.#members].filter(([id]) => id !== gatewayId);
      await storeItem(gatewaysItem, [member.gateway, ...others.map(([, { gateway }]) => gateway)]);
      this.#members.clear();
      this.#members.set(gatewayId, member);
      for (const [id, each] of others) this.#members.set(id, each);
      this.#onChange();
      return true;
    });
  }

  /**
   * Removes a gateway with everything we know of it, its identity included.
   *
   * Rejects if storage refused. What is dear went first; the gateway is still listed then, goes on with what is left, and can
   * be forgotten again.
   */
  forget(gatewayId: string): Promise<void> {
    return this.#inTurn(async () => {
      const member = this.#members.get(gatewayId);
      if (member) await this.#letGo(member);
      // Interrupted here it leaves what nobody reads.
      await Promise.all([
        dropItem(connectionItem(gatewayId)),
        dropItem(relayItem(gatewayId)),
        dropItem(preferencesItem(gatewayId)),
        dropItem(insideItem(gatewayId)),
      ]);
    });
  }

  async #letGo({ gateway, supervisor, effects, relay }: Member): Promise<void> {
    const { id } = gateway;
    for (const each of [supervisor, effects, relay]) each.stop();
    try {
      await Promise.all([
        ...SEALED_KINDS.map((kind) => dropItem(credentialItem(id, kind))),
        ...OWN_CLIENT_KINDS.map((kind) => forgetDeviceKey(id, OWN_CLIENTS[kind].id)),
      ]);
      await storeItem(
        gatewaysItem,
        this.#records.filter((each) => each.id !== id),
      );
    } catch (error) {
      const read = await readTogether([connectionItem(id), relayItem(id)]);
      const again = this.#enlist(gateway, read(connectionItem(id)), read(relayItem(id)));
      again.supervisor.dispatch({ type: 'worker-started' });
      throw error;
    }
    this.#members.delete(id);
    this.#onChange();
  }

  get #records(): GatewayRecord[] {
    return [...this.#members.values()].map(({ gateway }) => gateway);
  }

  /** One change of the list after the other: each writes what it has read, and what came between would be lost. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(change);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

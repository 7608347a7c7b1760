/** All gateways of this installation: one supervisor each, loaded from storage and kept there. */
import { forgetDeviceKey } from '../browser/keys.ts';
import { readItem, removeItem, writeItem } from '../browser/storage.ts';
import { saveCredential } from '../browser/vault.ts';
import type { StoredCredentialKind } from '../gateway/causes.ts';
import { CLIENT_KINDS, CLIENTS } from '../gateway/compatibility.ts';
import { type ConnectionEvent, type ConnectionState, initialState } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import { toHealth } from '../health.ts';
import type { Snapshot } from '../messages.ts';
import { INITIAL_RELAY, type RelayState } from '../relay/state.ts';
import type { Secret } from '../secret.ts';
import { connectionItem, credentialItem, gatewaysItem } from '../storage/items.ts';
import { createEffectRunner, type EffectRunner } from './effects.ts';
import { Supervisor } from './supervisor.ts';

interface Member {
  readonly gateway: GatewayRecord;
  readonly supervisor: Supervisor;
  readonly effects: EffectRunner;
  relay: RelayState;
  /** A connection that we could not read is not overwritten by one that we make up. */
  readonly isReadable: boolean;
}

/** What the user just gave us, or declined to give. */
export type FreshCredential =
  | { readonly kind: 'setup-code'; readonly secret: Secret; readonly expiresAt: number | null }
  | { readonly kind: 'gateway-secret'; readonly secret: Secret; readonly isRemembered: boolean }
  | { readonly kind: 'none' };

/** Puts a credential into the vault and tells the connection of it, without its value. */
async function sealed(gatewayId: string, credential: FreshCredential): Promise<ConnectionEvent> {
  if (credential.kind === 'none') return { type: 'secret-declined' };
  const serial = await saveCredential(gatewayId, credential.kind, credential.secret);
  return credential.kind === 'setup-code'
    ? { type: 'setup-code-added', serial, expiresAt: credential.expiresAt }
    : { type: 'gateway-secret-added', serial, isRemembered: credential.isRemembered };
}

const CREDENTIAL_KINDS: readonly StoredCredentialKind[] = ['device-token', 'setup-code', 'gateway-secret'];

export class Fleet {
  readonly #members = new Map<string, Member>();
  readonly #onChange: () => void;
  #storageProblem: Snapshot['storageProblem'] = null;

  private constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Loads every gateway and revives its connection. Never rejects: what cannot be read becomes a problem. */
  static async load(onChange: () => void): Promise<Fleet> {
    const fleet = new Fleet(onChange);
    const gateways = await readItem(gatewaysItem);
    if (gateways.type === 'newer' || gateways.type === 'unreadable') fleet.#storageProblem = gateways.type;
    if (gateways.type !== 'value') return fleet;
    for (const gateway of gateways.value) {
      const stored = await readItem(connectionItem(gateway.id));
      const isReadable = stored.type === 'value' || stored.type === 'absent';
      if (!isReadable) fleet.#storageProblem = stored.type;
      fleet.#enlist(gateway, stored.type === 'value' ? stored.value : initialState(), isReadable);
    }
    fleet.dispatchAll({ type: 'worker-started' });
    return fleet;
  }

  #enlist(gateway: GatewayRecord, state: ConnectionState, isReadable: boolean): Member {
    const effects = createEffectRunner(gateway, {
      dispatch: (event) => supervisor.dispatch(event),
      held: () => supervisor.state.held,
      onUnwritable: () => this.#report('unwritable'),
    });
    const supervisor = new Supervisor(state, {
      run: effects.run,
      save: async (next) => {
        if (!isReadable) return;
        await writeItem(connectionItem(gateway.id), next).then(
          () => this.#storageProblem === 'unwritable' && this.#report(null),
          () => this.#report('unwritable'),
        );
      },
      show: this.#onChange,
      moment: () => ({
        now: Date.now(),
        random: Math.random(),
        isLocal: gateway.reach === 'loopback',
        isOnline: navigator.onLine,
      }),
    });
    const member = { gateway, supervisor, effects, isReadable, relay: INITIAL_RELAY };
    this.#members.set(gateway.id, member);
    return member;
  }

  #report(problem: Snapshot['storageProblem']): void {
    this.#storageProblem = problem;
    this.#onChange();
  }

  get snapshot(): Snapshot {
    const now = Date.now();
    const statuses = [...this.#members.values()].map(({ gateway, supervisor, relay }) =>
      toHealth(gateway, supervisor.state, relay, now),
    );
    return { statuses, storageProblem: this.#storageProblem };
  }

  /** Some connection will act by itself: the worker has to stay, or be woken. */
  get isActive(): boolean {
    return [...this.#members.values()].some(
      ({ supervisor }) => !['blocked', 'paused'].includes(supervisor.state.phase.name),
    );
  }

  find(gatewayId: string): GatewayRecord | null {
    return this.#members.get(gatewayId)?.gateway ?? null;
  }

  /** @returns false if there is no such gateway (any more) */
  dispatch(gatewayId: string, event: ConnectionEvent): boolean {
    const member = this.#members.get(gatewayId);
    member?.supervisor.dispatch(event);
    return member !== undefined;
  }

  dispatchAll(event: ConnectionEvent): void {
    for (const { supervisor } of this.#members.values()) supervisor.dispatch(event);
  }

  /**
   * Hands a fresh credential to the gateway at this address, adding the gateway if it is new.
   *
   * @returns the gateway's id. Rejects, with nothing changed, if it could not be stored.
   */
  async pair(target: Pick<GatewayRecord, 'address' | 'reach'>, credential: FreshCredential): Promise<string> {
    if (this.#storageProblem === 'newer' || this.#storageProblem === 'unreadable') {
      throw new Error('storage is not ours to write');
    }
    const known = [...this.#members.values()].find(({ gateway }) => gateway.address === target.address);
    const gateway = known?.gateway ?? { ...target, id: crypto.randomUUID(), addedAt: Date.now() };
    const event = await sealed(gateway.id, credential);
    if (!known) {
      const all = [...this.#members.values()].map((member) => member.gateway);
      await writeItem(gatewaysItem, [...all, gateway]);
    }
    const { supervisor } = known ?? this.#enlist(gateway, initialState(), true);
    supervisor.dispatch(event);
    return gateway.id;
  }

  /** Removes a gateway with everything we know of it, its identity included. */
  async forget(gatewayId: string): Promise<void> {
    const member = this.#members.get(gatewayId);
    if (!member) return;
    member.supervisor.stop();
    member.effects.stop();
    this.#members.delete(gatewayId);
    this.#onChange();
    // The list goes first: whatever is interrupted after it leaves only leftovers that nobody reads.
    await writeItem(
      gatewaysItem,
      [...this.#members.values()].map(({ gateway }) => gateway),
    );
    await Promise.all([
      removeItem(connectionItem(gatewayId)),
      ...CREDENTIAL_KINDS.map((kind) => removeItem(credentialItem(gatewayId, kind))),
      ...CLIENT_KINDS.map((kind) => forgetDeviceKey(gatewayId, CLIENTS[kind].id)),
    ]);
  }
}

/** Reads of the other clients of each gateway whose user allowed it. Nothing of a connection depends on it. */
import { storedDeviceId } from '../browser/device-identity.ts';
import { readItem, removeItem, writeItem } from '../browser/storage.ts';
import { storeItem } from '../browser/worker/keeper.ts';
import { clearOthersNotification, showOthersNotification } from '../browser/worker/notifications.ts';
import { OWN_CLIENT_KINDS, OWN_CLIENTS } from '../gateway/compatibility.ts';
import type { Answer, ReadMethod, ReadParams } from '../gateway/read-methods.ts';
import { type GatewayStatus, isConnected } from '../gateway-status.ts';
import { planOthers } from '../notify/others.ts';
import { othersWithoutFuture } from '../others/clock.ts';
import { hear, infoSchema, tailSchema } from '../others/log.ts';
import { meet } from '../others/presence.ts';
import { cardOf } from '../others/standing.ts';
import { nothingKnown, type Others } from '../others/state.ts';
import { parsed } from '../parse.ts';
import { isWithin } from '../remedy/versions.ts';
import { othersItem } from '../storage/others-item.ts';

/** Milliseconds between two looks while a page of ours is open; else the worker's alarm is the pace. */
const WATCHED_EVERY_MS = 2_000;

/** Gateways that tell nobody of those who come and go: they are asked. 2026.2.21 and 2026.5.28 tell nothing, 2026.8.1 does. */
const MUTE_ABOUT_PRESENCE = { until: '2026.7.33' };

/** Milliseconds, somewhat less than the worker's alarm: nothing that is due with one is left out. */
const ABOUT_A_MINUTE_MS = 50_000;

/** Bytes of the log that are read at most: the first time, and after that. */
const FIRST_BYTES = 250_000;
const NEXT_BYTES = 64_000;

/** What the watch needs of the worker. */
export interface OthersWorld {
  ask(gatewayId: string, method: ReadMethod, params?: ReadParams): Promise<Answer>;
  statuses(): readonly GatewayStatus[];
  /** A page of ours is open. */
  isWatched(): boolean;
  /** [N6] A notification may tell of them now. */
  mayTell(now: number): boolean;
  /** How many are rejected, of all gateways together. */
  counted(rejected: number): void;
}

/** One gateway that is read of. */
interface Kept {
  others: Others;
  /** Of the connection that is read over: when it began, our devices, and the gateway's own port. */
  connection: {
    since: number;
    ownDevices: readonly string[];
    port: number | null;
    isMute: boolean;
    listedAt: number;
    /** A gateway that took too long to show its log is given a pause, however often a page would look. */
    restsUntil: number;
  } | null;
  cursor: number | null;
  isBusy: boolean;
  /** The consent was withdrawn: what a look still brings is neither kept nor told. */
  isOver: boolean;
}

export class OthersWatch {
  readonly #world: OthersWorld;
  /** By the gateway's id; `null`: no consent. */
  readonly #kept = new Map<string, Promise<Kept | null>>();
  /** How many are rejected, by the gateway's id. */
  readonly #rejected = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(world: OthersWorld) {
    this.#world = world;
  }

  /** The user allows it, or withdraws that, and with it all that was kept. Rejects if it could not be stored. */
  async choose(gatewayId: string, isOn: boolean): Promise<void> {
    const before = await this.#of(gatewayId);
    if (isOn === (before !== null)) {
      // What cannot be read can be deleted all the same.
      if (!isOn) await removeItem(othersItem(gatewayId));
      return;
    }
    if (before !== null) {
      before.isOver = true;
      this.#kept.set(gatewayId, Promise.resolve(null));
      this.#count(gatewayId, 0);
      void clearOthersNotification(gatewayId).catch(() => {});
      await removeItem(othersItem(gatewayId));
      return;
    }
    const others = nothingKnown(Date.now());
    await storeItem(othersItem(gatewayId), others);
    this.#kept.set(gatewayId, Promise.resolve(begin(others)));
    this.look();
  }

  /** Reads what is new, of every gateway that is connected. Called with every alarm, and when a page opens. */
  look(): void {
    clearTimeout(this.#timer);
    const looks = this.#world.statuses().map((status) => this.#look(status).catch(() => false));
    void Promise.all(looks).then((read) => {
      clearTimeout(this.#timer);
      if (!read.includes(true) || !this.#world.isWatched()) return;
      this.#timer = setTimeout(() => this.look(), WATCHED_EVERY_MS);
    });
  }

  /** The gateway says who is connected. */
  met(gatewayId: string, payload: unknown): void {
    void this.#of(gatewayId).then((kept) => {
      const status = this.#world.statuses().find((each) => each.gatewayId === gatewayId);
      if (!kept?.connection || !status) return;
      this.#setRight(gatewayId, kept);
      this.#meet(kept, status, payload);
      this.#tell(kept, status);
    });
  }

  /** The card of the client that a notification told of last; `null` if none did. */
  async told(gatewayId: string): Promise<string | null> {
    const { refused } = (await this.#of(gatewayId))?.others ?? nothingKnown(0);
    const last = refused.findLast(
      ({ toldAt }) => toldAt !== null && toldAt === Math.max(...refused.map((each) => each.toldAt ?? 0)),
    );
    return last ? cardOf(last) : null;
  }

  #of(gatewayId: string): Promise<Kept | null> {
    const known = this.#kept.get(gatewayId);
    if (known) return known;
    const kept = readItem(othersItem(gatewayId)).then((stored) =>
      stored.type === 'value' ? begin(stored.value) : null,
    );
    this.#kept.set(gatewayId, kept);
    return kept;
  }

  /** @returns whether the user allowed it here: once the gateway is connected, there is something to look at */
  async #look(status: GatewayStatus): Promise<boolean> {
    const { gatewayId: id, since } = status;
    const kept = await this.#of(id);
    if (kept === null) return false;
    this.#setRight(id, kept);
    if (since === null || !isConnected(status) || kept.isBusy) return true;
    kept.isBusy = true;
    try {
      if (kept.connection?.since !== since) await this.#begin(kept, status, since);
      else if (isWithin(status.serverVersion, MUTE_ABOUT_PRESENCE)) await this.#list(kept, status);
      await this.#read(kept, status);
      this.#tell(kept, status);
    } finally {
      kept.isBusy = false;
    }
    return true;
  }

  /** [O13] Before anything is made of what is kept, and for those who read it. */
  #setRight(gatewayId: string, kept: Kept): void {
    this.#keep(gatewayId, kept, othersWithoutFuture(kept.others, Date.now()));
  }

  /** A connection is new: who is there is asked once, and told by the gateway from then on. */
  async #begin(kept: Kept, status: GatewayStatus, since: number): Promise<void> {
    const { gatewayId: id, address, reach } = status;
    const ids = await Promise.all(OWN_CLIENT_KINDS.map((kind) => storedDeviceId(id, OWN_CLIENTS[kind].id)));
    const info = await this.#world.ask(id, 'system.info');
    const told = info.type === 'answered' ? parsed(infoSchema, info.payload) : undefined;
    const port = told?.port ?? (reach === 'loopback' ? Number(new URL(address).port) : null);
    const ownDevices = ids.filter((each) => each !== null);
    kept.connection = { since, ownDevices, port, isMute: false, listedAt: 0, restsUntil: 0 };
    await this.#list(kept, status);
  }

  async #list(kept: Kept, status: GatewayStatus): Promise<void> {
    const { connection } = kept;
    const now = Date.now();
    if (connection === null || now - connection.listedAt < ABOUT_A_MINUTE_MS) return;
    connection.listedAt = now;
    const list = await this.#world.ask(status.gatewayId, 'system-presence');
    if (list.type === 'answered') this.#meet(kept, status, list.payload);
  }

  #meet(kept: Kept, { gatewayId, skewMs, since }: GatewayStatus, payload: unknown): void {
    const { others, connection } = kept;
    if (connection === null) return;
    const now = Date.now();
    const isFollowed = (others.presentAt ?? 0) >= (since ?? 0);
    const met = meet(others, payload, { ...connection, skewMs: skewMs ?? 0, now, isFollowed });
    this.#keep(gatewayId, kept, isFollowed ? met : { ...met, presentAt: now });
  }

  async #read(kept: Kept, { gatewayId: id, skewMs, address, since }: GatewayStatus): Promise<void> {
    const { others, connection, cursor } = kept;
    if (connection === null || connection.isMute || Date.now() < connection.restsUntil) return;
    const params = cursor === null ? { maxBytes: FIRST_BYTES } : { maxBytes: NEXT_BYTES, cursor };
    const answer = await this.#world.ask(id, 'logs.tail', params);
    connection.isMute = answer.type === 'refused';
    if (answer.type === 'dropped' && answer.reason === 'too-slow')
      connection.restsUntil = Date.now() + ABOUT_A_MINUTE_MS;
    if (connection.isMute) this.#keep(id, kept, { ...others, blind: 'refused' });
    const tail = answer.type === 'answered' && parsed(tailSchema, answer.payload);
    if (!tail) return;
    const now = Date.now();
    const { host } = new URL(address);
    const reader = { ...connection, host, ownOrigin: self.location.origin, skewMs: skewMs ?? 0, now };
    const heard = hear(kept.others, tail.lines, reader, cursor === null);
    kept.cursor = tail.cursor;
    const blind = tail.size === 0 ? 'no-log' : null;
    const isNews = heard.blind !== blind || (heard.readAt ?? 0) < (since ?? 0);
    this.#keep(id, kept, isNews ? { ...heard, blind, readAt: now } : heard);
  }

  /** What is worth a disturbance, and how many are rejected now. */
  #tell(kept: Kept, status: GatewayStatus): void {
    if (kept.isOver) return;
    const { gatewayId: id } = status;
    const now = Date.now();
    const { others, show, isOver, refused } = planOthers(kept.others, this.#world.mayTell(now), now);
    this.#keep(id, kept, others);
    if (show) void showOthersNotification(status, show.story, show.more).catch(() => {});
    if (isOver) void clearOthersNotification(id).catch(() => {});
    this.#count(id, refused);
  }

  #count(gatewayId: string, rejected: number): void {
    this.#rejected.set(gatewayId, rejected);
    this.#world.counted([...this.#rejected.values()].reduce((sum, each) => sum + each, 0));
  }

  /** A disk that refuses costs what is told after the next start, and nothing else. */
  #keep(gatewayId: string, kept: Kept, others: Others): void {
    if (kept.isOver || others === kept.others) return;
    kept.others = others;
    void writeItem(othersItem(gatewayId), others).catch(() => {});
  }
}

const begin = (others: Others): Kept => ({
  others,
  connection: null,
  cursor: null,
  isBusy: false,
  isOver: false,
});

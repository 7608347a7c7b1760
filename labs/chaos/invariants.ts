/** What holds whatever happens. Every look counts what it checked, and names what it found. */
import { ownDeviceId, publicKeys } from '../../harness/observe.ts';
import { excess } from './attempts.ts';
import type { Planned } from './plan.ts';
import type { Rig } from './rig.ts';

const ROOMS = ['doctor', 'history', 'options'] as const;
const EXAMINED_WITHIN_MS = 60_000;
/** What was shown a moment ago may be on its way to the disk. */
const WRITTEN_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

const CALM = ['healthy', 'healed'];
/** Said while nothing is known yet: neither well nor ill. */
const UNDECIDED = ['unknown', 'not-set-up'];

interface Incident {
  readonly cause: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** What was true before a burst. */
export interface Before {
  readonly refusals: number;
  readonly shown: number;
  readonly incidents: readonly Incident[];
}

export class Invariants {
  checks = 0;
  readonly #rig: Rig;
  #deviceId: string | null = null;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  async before(): Promise<Before> {
    const { lane, shown } = this.#rig;
    return { refusals: lane.refusals.length, shown: shown.length, incidents: await this.#incidents() };
  }

  async #incidents(): Promise<readonly Incident[]> {
    const all = await this.#rig.stored();
    const key = Object.keys(all).find((name) => name.startsWith('history:'));
    return key === undefined ? [] : all[key].value.incidents;
  }

  /** Everything, after a burst from which all is well again. Empty if all holds. */
  async problems(before: Before, faults: readonly Planned[], isThorough: boolean): Promise<string[]> {
    const { lane } = this.#rig;
    const rules = [
      this.#sockets(),
      excess(lane.refusals.slice(before.refusals), faults),
      isThorough ? this.#lockOuts() : [],
      this.#steadiness(before, faults),
      await this.#identity(),
      await this.#history(before, faults),
      this.#errors(),
      await this.#leaks(isThorough),
    ];
    this.checks += rules.length;
    return rules.flat();
  }

  #sockets(): string[] {
    return this.#rig.lane.overlaps.splice(0).map((each) => `more than one socket: ${each}`);
  }

  /** What our gateway knows us by is kept, whoever answers at its port. */
  async pairing(): Promise<string[]> {
    this.checks += 1;
    const isOurs = this.#rig.situations.every(({ gateway, held, aside }) => {
      const token = gateway.pairing?.token ?? null;
      return token !== null && (held.token === token || aside.token === token);
    });
    if (!isOurs) return [];
    const state = await this.#connection();
    return state?.held.deviceToken || state?.aside.deviceToken ? [] : ['a pairing was lost'];
  }

  async #connection(): Promise<Record<'held' | 'aside', any> | undefined> {
    const { gateways, ...all } = await this.#rig.stored();
    return all[`connection:${gateways?.value?.[0]?.id}`]?.value;
  }

  /** By the gateway's own log, of this run as a whole. */
  #lockOuts(): string[] {
    const locked = this.#rig.gateway.connects().filter(({ authReason }) => authReason === 'rate_limited');
    return locked.map(({ at }) => `locked out at ${new Date(at).toISOString()}`);
  }

  /** A pause that is shorter than our patience, and a slow line without a reconnect, are no outage. */
  #steadiness({ shown }: Before, faults: readonly Planned[]): string[] {
    if (faults.length > 1 || faults[0]?.kind !== 'gateway-hung-briefly') return [];
    const isAlarm = (status: string): boolean => ![...CALM, ...UNDECIDED].includes(status);
    const alarm = this.#rig.shown.slice(shown).find(isAlarm);
    return alarm === undefined ? [] : [`a false alarm: ${alarm}`];
  }

  async #identity(): Promise<string[]> {
    const { ext, situations } = this.#rig;
    const deviceId = await ownDeviceId(ext);
    this.#deviceId ??= deviceId;
    const problems = deviceId === this.#deviceId ? [] : ['the device id is another one'];
    if ((await publicKeys(ext)).some(({ isExtractable }) => isExtractable))
      problems.push('a private key can be exported');
    const { paired } = await this.#rig.asOwner((owner) => owner.ask('device.pair.list'));
    const ours = paired.filter((each: { deviceId: string }) => each.deviceId === deviceId).length;
    if (ours !== 1) problems.push(`the gateway has ${ours} records of this device`);
    const { gateways } = await this.#rig.stored();
    if (gateways?.value?.length !== 1) problems.push('the gateway was forgotten');
    const state = await this.#connection();
    if (!state?.held.deviceToken) problems.push('no device token is kept');
    const secret = state?.held.gatewaySecret ?? state?.aside.gatewaySecret;
    const isRemembered = secret?.isRemembered ?? false;
    if (
      situations.every(({ held, aside }) => isRemembered !== (held.secret !== null || aside.secret !== null))
    )
      problems.push(`the gateway secret is ${secret ? '' : 'not '}kept`);
    return problems;
  }

  /**
   * Incidents that were there are there, and every outage that was shown is one of the new ones. [H8] A clock that is set
   * back takes them with it.
   */
  async #history(before: Before, faults: readonly Planned[]): Promise<string[]> {
    const isSetBack = faults.some(({ kind }) => kind === 'clock-jumped');
    const isSame = (one: Incident, other: Incident | undefined): boolean =>
      one.cause === other?.cause && (isSetBack || one.startedAt === other.startedAt);
    const shown = this.#rig.shown.slice(before.shown).filter((status) => !UNDECIDED.includes(status));
    const outages = shown.filter(
      (status, at) => !CALM.includes(status) && CALM.includes(shown[at - 1] ?? 'healthy'),
    ).length;
    const deadline = Date.now() + WRITTEN_WITHIN_MS;
    for (;;) {
      const incidents = await this.#incidents();
      const problems: string[] = [];
      const isKept = before.incidents.every((incident, at) => isSame(incident, incidents[at]));
      if (!isKept) problems.push('the history lost an incident');
      const fresh = incidents.length - before.incidents.length;
      if (fresh < outages) problems.push(`${outages} outages were shown, ${fresh} are in the history`);
      if (incidents.some(({ endedAt }) => endedAt === null)) problems.push('an incident has no end');
      if (problems.length === 0 || Date.now() > deadline) return problems;
      await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
    }
  }

  #errors(): string[] {
    return this.#rig.errors.map((error) => `an error: ${error}`);
  }

  /** No secret anywhere but sealed on disk and on the wire to the gateway. */
  async #leaks(isThorough: boolean): Promise<string[]> {
    const { ext, lane, said, canaries } = this.#rig;
    for (const token of lane.tokens) canaries.add(token);
    const { text, title } = await ext.badge();
    const session = await ext.evaluate(
      async () => JSON.stringify(await (globalThis as any).chrome.storage.session.get(null)),
      null,
    );
    const heard = await this.#notifications();
    const rooms = isThorough ? await this.#rooms() : [];
    const places: readonly (readonly [place: string, text: string])[] = [
      ['storage.local', JSON.stringify(await this.#rig.stored())],
      ['storage.session', session],
      ['the icon', `${text} ${title}`],
      ['the console, or what strangers heard', said.join('\n')],
      ['a notification', heard],
      ['a request', lane.heads.join('\n')],
      [
        'an address',
        ext.context
          .pages()
          .map((page) => page.url())
          .join('\n'),
      ],
      ['the popup', await ownText(this.#rig.page)],
      ...rooms,
    ];
    lane.heads.length = 0;
    said.length = 0;
    return places
      .filter(([, found]) => [...canaries].some((canary) => found.includes(canary)))
      .map(([place]) => `a secret in ${place}`);
  }

  /** Takes what the worker notified, and listens on: each worker has to be listened to anew. */
  #notifications(): Promise<string> {
    return this.#rig.ext.evaluateInWorker(() => {
      const scope = globalThis as any;
      if (!scope.told) {
        scope.told = [];
        const { notifications } = scope.chrome;
        const create = notifications.create.bind(notifications);
        notifications.create = (...all: unknown[]) => {
          scope.told.push(JSON.stringify(all));
          return create(...all);
        };
      }
      return scope.told.splice(0).join('\n');
    }, null);
  }

  /** The pages that a user may open, each with all that it can show; the doctor's with its report. */
  async #rooms(): Promise<[string, string][]> {
    const { ext, lane } = this.#rig;
    const id = await this.#rig.gatewayId();
    const rooms: [string, string][] = [];
    lane.countsOverlaps = false;
    for (const room of ROOMS) {
      const page = await ext.open(`src/pages/${room}/index.html?gateway=${id}`);
      if (room === 'doctor') {
        const isDone = () => document.documentElement.dataset.run === 'done';
        await page.waitForFunction(isDone, null, { timeout: EXAMINED_WITHIN_MS });
      } else {
        await page.locator('main').first().waitFor();
      }
      rooms.push([`the ${room} page`, await ownText(page)]);
      await page.close();
    }
    lane.countsOverlaps = true;
    return rooms;
  }
}

/** All of a page: its HTML, and what stands in its fields. */
const ownText = (page: { evaluate<T>(run: () => T): Promise<T> }): Promise<string> =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
    return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join('\n');
  });

/** What holds whatever happens. Every look counts what it checked, and names what it found. */
import { ownDeviceId, publicKeys } from '../../harness/observe.ts';
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

/** A server that ends, or an answer that gets lost, before the extension knows that its token is stale. */
const LOSES_ANSWERS = [
  'gateway-killed',
  'gateway-stopped',
  'gateway-hung',
  'gateway-upgraded',
  'gateway-clock-jumped',
  'port-taken',
  'network-slow',
  'network-stalled',
  'frame-truncated',
  'socket-cut',
  'browser-offline',
  'worker-killed',
  'worker-killed-unseen',
  'browser-restarted',
];

interface Incident {
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
    const rules = [
      this.#sockets(),
      this.#attempts(before, faults),
      isThorough ? this.#lockOuts() : [],
      this.#steadiness(before, faults),
      await this.#identity(),
      await this.#history(before),
      this.#errors(),
      await this.#leaks(isThorough),
    ];
    this.checks += rules.length;
    return rules.flat();
  }

  #sockets(): string[] {
    return this.#rig.lane.overlaps.splice(0).map((each) => `more than one socket: ${each}`);
  }

  #attempts(before: Before, faults: readonly Planned[]): string[] {
    const { lane } = this.#rig;
    const codes = lane.refusals.slice(before.refusals).map(({ code }) => code);
    const count = (code: string): number => codes.filter((each) => each === code).length;
    const kinds: readonly string[] = faults.map(({ kind }) => kind);
    const lost = kinds.filter((kind) => LOSES_ANSWERS.includes(kind)).length;
    const changes = kinds.includes('secret-changed') ? 2 : kinds.includes('gateway-upgraded') ? 1 : 0;
    const spoiled = kinds.some((kind) => /^token-|removed|rejected|declined/.test(kind)) ? 1 : 0;
    const most = {
      AUTH_RATE_LIMITED: 0,
      // The one whose request was rejected.
      AUTH_BOOTSTRAP_TOKEN_INVALID: kinds.includes('approval-rejected') ? Math.min(2, 1 + lost) : 0,
      // Never more than two with one secret, however many answers were lost.
      AUTH_TOKEN_MISMATCH: changes * Math.min(2, 1 + lost),
      AUTH_DEVICE_TOKEN_MISMATCH: changes + spoiled === 0 ? 0 : changes + spoiled + lost,
    };
    return Object.entries(most)
      .filter(([code, limit]) => count(code) > limit)
      .map(([code, limit]) => `${count(code)} times ${code}, at most ${limit} are allowed`);
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
    const { ext, situation } = this.#rig;
    const deviceId = await ownDeviceId(ext);
    this.#deviceId ??= deviceId;
    const problems = deviceId === this.#deviceId ? [] : ['the device id is another one'];
    if ((await publicKeys(ext)).some(({ isExtractable }) => isExtractable))
      problems.push('a private key can be exported');
    const { paired } = await this.#rig.asOwner((owner) => owner.ask('device.pair.list'));
    const ours = paired.filter((each: { deviceId: string }) => each.deviceId === deviceId).length;
    if (ours !== 1) problems.push(`the gateway has ${ours} records of this device`);
    const { gateways, ...all } = await this.#rig.stored();
    if (gateways?.value?.length !== 1) problems.push('the gateway was forgotten');
    const held = all[`connection:${gateways?.value?.[0]?.id}`]?.value.held;
    if (!held?.deviceToken) problems.push('no device token is kept');
    if ((held?.gatewaySecret?.isRemembered ?? false) !== (situation.held.secret !== null))
      problems.push(`the gateway secret is ${held?.gatewaySecret ? '' : 'not '}kept`);
    return problems;
  }

  /** Incidents that were there are there, and every outage that was shown is one of the new ones. */
  async #history(before: Before): Promise<string[]> {
    const shown = this.#rig.shown.slice(before.shown).filter((status) => !UNDECIDED.includes(status));
    const outages = shown.filter(
      (status, at) => !CALM.includes(status) && CALM.includes(shown[at - 1] ?? 'healthy'),
    ).length;
    const deadline = Date.now() + WRITTEN_WITHIN_MS;
    for (;;) {
      const incidents = await this.#incidents();
      const problems: string[] = [];
      const isKept = before.incidents.every(({ startedAt }, at) => incidents[at]?.startedAt === startedAt);
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

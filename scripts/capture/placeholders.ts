/**
 * Makes captures repeatable and safe to publish: everything secret, and everything that differs from run to
 * run, becomes a placeholder of the same shape. What is left changes only when OpenClaw changes.
 */
import type { Close } from '../../harness/gateway/capture-format.ts';

const INSTANT = 1_750_000_000_000;

/** Ids keep the shape of a UUID, because readers of frames check it. */
const uuidPlaceholder = (count: number): string =>
  `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Fields that are replaced by their name, whatever they hold. */
const FIXED: Readonly<Record<string, unknown>> = {
  nonce: 'placeholder-nonce',
  deviceToken: 'placeholder-device-token',
  publicKey: 'placeholder-public-key',
  connId: 'placeholder-connection-id',
  bootId: 'placeholder-boot-id',
  buildId: 'placeholder-build-id',
  recoveryScope: 'placeholder-recovery-scope',
  host: 'gateway-host',
  stateVersion: { presence: 1, health: 1 },
  // Long, and of no interest to a client that only watches.
  features: { methods: [], events: [] },
  controlUiWidgetKinds: [],
  controlUiLinkReaders: [],
  presence: [],
  health: {},
};

/** A wait in milliseconds that runs down is told to ten seconds. */
const roundedWait = (wait: number): number => (wait > 10_000 ? Math.ceil(wait / 10_000) * 10_000 : wait);

/** Numbers of these fields are moments or durations of this one run. */
const MOMENTS = /^(ts|seq|.*At|.*AtMs|uptimeMs)$/;
/** Of the snapshot only what tells how clients are let in; the rest describes this machine. */
const SNAPSHOT = ['authMode', 'presence', 'health', 'stateVersion', 'uptimeMs'];

/** What this run knows to be secret or its own, and what stands for it. */
export type Known = readonly (readonly [value: string, placeholder: string])[];

/** The placeholders of one capture. Ids are numbered in the order of their first appearance. */
export class Placeholders {
  readonly #known: Known;
  readonly #ids = new Map<string, string>();

  constructor(known: Known) {
    // Longest first, so that a value that contains another one is replaced whole.
    this.#known = known.filter(([value]) => value !== '').sort(([a], [b]) => b.length - a.length);
  }

  text(text: string): string {
    let result = text;
    for (const [value, placeholder] of this.#known) result = result.replaceAll(value, placeholder);
    return result
      .replace(UUID, (id) => this.#id(id))
      .replace(/\b[0-9a-f]{64}\b/g, 'd'.repeat(64))
      .replace(/(\/__openclaw__\/cap\/)[\w-]+/g, '$1placeholder-capability')
      .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:18789')
      .replace(/("(?:uptimeMs|ts)":)\d+/g, '$10');
  }

  #id(id: string): string {
    // An id that is a placeholder already, or is known by now, stays what it is.
    if ([...this.#ids.values()].includes(id)) return id;
    const placeholder = this.#ids.get(id) ?? uuidPlaceholder(this.#ids.size + 1);
    this.#ids.set(id, placeholder);
    return placeholder;
  }

  /** Gateways cut a close reason at about 120 characters, also in the middle of an id. */
  close(close: Close): Close {
    const reason = this.text(close.reason);
    for (const [id, placeholder] of this.#ids)
      for (let length = id.length - 1; length > 0; length -= 1)
        if (reason.endsWith(id.slice(0, length)) && /requestId: \S*$/.test(reason))
          return { ...close, reason: reason.slice(0, -length) + placeholder.slice(0, length) };
    return { ...close, reason };
  }

  value(value: unknown, name = ''): unknown {
    if (value === null) return null;
    if (name in FIXED) return FIXED[name];
    if (name === 'retryAfterMs' && typeof value === 'number') return roundedWait(value);
    if (typeof value === 'number') return MOMENTS.test(name) ? (name === 'uptimeMs' ? 0 : INSTANT) : value;
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((each) => this.value(each));
    if (typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => name !== 'snapshot' || SNAPSHOT.includes(key))
        .map(([key, each]) => [key, this.value(each, key)]),
    );
  }
}

/** Fails if a known secret is still in there: nothing is written then. */
export function assertClean(text: string, known: Known): void {
  const leaked = known.find(([value]) => value !== '' && text.includes(value));
  if (leaked) throw new Error(`a capture still contains what ${leaked[1]} should stand for`);
  if (text.includes('/.cache/openclaw/')) throw new Error('a capture names a folder of this computer');
}

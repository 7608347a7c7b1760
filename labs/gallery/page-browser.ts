/**
 * The gallery's stand-in for `src/browser/api.ts`: a browser whose worker says what a scene says.
 * Every call that a page makes has to be here; one that is not fails the frame, as it should.
 */

import manifest from '../../manifest.json' with { type: 'json' };
import type { Answer } from '../../src/gateway/read-methods.ts';
import type { Command, Question, Reply } from '../../src/messages.ts';
import { MESSAGES, reading } from '../../test/fixtures/english.ts';
import { sceneHere } from './scenes/all.ts';
import { dress } from './steady-frame.ts';

const scene = sceneHere();
dress(scene);

/** A folder of `_locales`; English without. */
const language = new URLSearchParams(location.search).get('language');

function translation(folder: string): typeof MESSAGES {
  const request = new XMLHttpRequest();
  // At once: pages ask for their words while they start.
  request.open('GET', `/_locales/${folder}/messages.json`, false);
  request.send();
  return JSON.parse(request.responseText);
}

const messages = reading(language === null ? MESSAGES : { ...MESSAGES, ...translation(language) });

type Listener<Arguments extends unknown[]> = (...heard: Arguments) => void;

class FakeEvent<Arguments extends unknown[]> {
  readonly #listeners = new Set<Listener<Arguments>>();
  addListener = (listener: Listener<Arguments>): void => void this.#listeners.add(listener);
  removeListener = (listener: Listener<Arguments>): void => void this.#listeners.delete(listener);
  hasListener = (listener: Listener<Arguments>): boolean => this.#listeners.has(listener);
  fire(...heard: Arguments): void {
    for (const listener of this.#listeners) listener(...heard);
  }
}

/** What the port of every page hears; tests say more through `gallery.say`. */
const onMessage = new FakeEvent<[unknown]>();
const port = {
  name: 'status',
  onMessage: {
    ...onMessage,
    addListener(listener: Listener<[unknown]>) {
      onMessage.addListener(listener);
      queueMicrotask(() => listener(scene.snapshot));
    },
  },
  onDisconnect: new FakeEvent<[]>(),
  postMessage() {},
  disconnect() {},
};
Object.assign(globalThis, { gallery: { scene, say: (message: unknown) => onMessage.fire(message) } });

const onChanged = new FakeEvent<[changes: Record<string, unknown>, area?: string]>();
const stored = new Map<string, unknown>(Object.entries(scene.stored ?? {}));
/** What a browser keeps until it ends: nothing yet. */
const session = { get: async () => ({}), set: async () => {}, remove: async () => {} };
const local = {
  onChanged,
  async get(keys?: string | readonly string[] | null) {
    const wanted = keys == null ? [...stored.keys()] : [keys].flat();
    return Object.fromEntries(wanted.filter((key) => stored.has(key)).map((key) => [key, stored.get(key)]));
  },
  async set(items: Record<string, unknown>) {
    for (const [key, value] of Object.entries(items)) stored.set(key, value);
    onChanged.fire(
      Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { newValue }])),
      'local',
    );
  },
  async remove(keys: string | readonly string[]) {
    for (const key of [keys].flat()) stored.delete(key);
  },
  async clear() {
    stored.clear();
  },
  getBytesInUse: async () => JSON.stringify([...stored]).length,
};

const given = scene.permissions ?? [];
const isGiven = ({
  permissions = [],
  origins = [],
}: {
  permissions?: string[];
  origins?: string[];
}): boolean => [...permissions, ...origins].every((each) => given.includes(each));

const REPLY: Reply = { ok: true, gatewayId: null };

/** The one thing that pages ask of a gateway here, beside their look inside. */
const COUNTED: Answer =
  scene.work === undefined
    ? { type: 'refused', code: null }
    : { type: 'answered', payload: { counts: scene.work } };

export default {
  i18n: { getMessage: messages, getUILanguage: () => language?.replace('_', '-') ?? 'en-GB' },
  runtime: {
    id: 'gallery',
    lastError: null,
    connect: () => port,
    sendMessage: async (message: Command | Question): Promise<Reply | Answer> =>
      message.type === 'ask-gateway' ? COUNTED : (scene.reply ?? REPLY),
    getManifest: () => manifest,
    getPlatformInfo: async () => ({ os: scene.os ?? 'linux', arch: 'x86-64' }),
    getURL: (path: string) => `chrome-extension://abcdefghijklmnopabcdefghijklmnop/${path}`,
    openOptionsPage: async () => {},
    reload: () => {},
  },
  storage: { local, session, onChanged },
  permissions: {
    contains: async (asked: Parameters<typeof isGiven>[0]) => isGiven(asked),
    getAll: async () => ({
      permissions: given.filter((each) => !each.includes(':')),
      origins: given.filter((each) => each.includes(':')),
    }),
    request: async () => false,
    remove: async () => true,
    onAdded: new FakeEvent<[]>(),
    onRemoved: new FakeEvent<[]>(),
  },
  tabs: {
    getCurrent: async () =>
      new URLSearchParams(location.search).get('view') === 'tab' ? { id: 1 } : undefined,
    create: async () => ({}),
    query: async () => [],
    update: async () => ({}),
  },
  commands: { getAll: async () => [] },
  action: {
    getUserSettings: async () => ({ isOnToolbar: scene.isPinned ?? false }),
    openPopup: async () => {},
  },
  notifications: { create: async () => 'test' },
};

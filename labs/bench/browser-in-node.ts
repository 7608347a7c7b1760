/**
 * What the worker's code needs of a browser, for Node: `storage.local` and IndexedDB in memory, and WebSockets with an
 * extension's Origin. Keys, sealing and fetch are Node's own.
 */
import { registerHooks } from 'node:module';
import { WebSocket } from 'ws';

/** The door to the browser, and the package that keeps keys. */
const PLAYED = /(^|\/)(api\.ts|idb-keyval)$/;

/** The rooms whose modules remember things. All others are pure, and may be shared. */
const WITH_MEMORY = /\/src\/(background|browser)\//;

/** A gateway lets in extensions by the form of this; which one it is does not matter to it. */
export const ORIGIN = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`;

/**
 * Puts this module in the place of those two. Call it before anything of `src/browser` is imported. What is
 * imported with a query has that of what imports it: each query is a worker of its own.
 */
export function playBrowser(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (PLAYED.test(specifier)) return { url: import.meta.url, shortCircuit: true };
      const resolved = next(specifier, context);
      const worker = new URL(context.parentURL ?? import.meta.url).search;
      const isItsOwn = worker !== '' && WITH_MEMORY.test(resolved.url) && !resolved.url.includes('?');
      return isItsOwn ? { ...resolved, url: resolved.url + worker } : resolved;
    },
  });
  globalThis.WebSocket = ExtensionWebSocket as unknown as typeof globalThis.WebSocket;
}

class ExtensionWebSocket extends WebSocket {
  constructor(address: string) {
    super(address, { origin: ORIGIN });
    // Without a listener Node takes an error for a crash; the close that follows tells of it.
    this.on('error', () => {});
  }
}

const disk = new Map<string, unknown>();

/** In place of `src/browser/api.ts`. */
export default {
  storage: {
    local: {
      get: async (key: string) => (disk.has(key) ? { [key]: structuredClone(disk.get(key)) } : {}),
      set: async (items: Record<string, unknown>) => {
        for (const [key, value] of Object.entries(items)) disk.set(key, structuredClone(value));
      },
      remove: async (key: string) => void disk.delete(key),
    },
  },
};

const database = new Map<string, unknown>();

/** In place of `idb-keyval`, of which `src/browser/keys.ts` uses this much. */
export const createStore = (): null => null;
export const get = async (key: string): Promise<unknown> => database.get(key);
export const set = async (key: string, value: unknown): Promise<void> => void database.set(key, value);
export const del = async (key: string): Promise<void> => void database.delete(key);
export const delMany = async (names: string[]): Promise<void> => {
  for (const name of names) database.delete(name);
};
export const keys = async (): Promise<string[]> => [...database.keys()];

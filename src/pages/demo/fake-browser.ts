/** A worker and a disk that are played, for a page that shows what is not so: it hears and changes nothing real. */

import browser from '../../browser/api.ts';
import type { Answer as Answered } from '../../gateway/read-methods.ts';
import type { Command, Question, Reply } from '../../messages.ts';

type Listener = (changes: Record<string, unknown>) => void;
type Answer = (...given: never[]) => unknown;

/** In the place of a function of the browser's. */
const replace = (owner: object, name: string, played: Answer): unknown =>
  Object.defineProperty(owner, name, { value: played, configurable: true });

/** A question to the browser. The polyfill of older ones asks by callback. */
const asked =
  (answer: Answer) =>
  (...given: unknown[]): Promise<unknown> => {
    const reply = Promise.resolve(answer(...(given as never[])));
    const callback = given.at(-1);
    if (typeof callback === 'function') void reply.then((result) => callback(result));
    return reply;
  };

/**
 * From now on this page's commands are answered by `answer`, its disk is `stored`, and it asks the user for no
 * permission.
 */
export function playBrowser(
  answer: (command: Command | Question) => Reply | Answered,
  stored: Record<string, unknown>,
): void {
  const {
    runtime,
    permissions,
    storage: { local, session },
  } = browser;
  const listeners = new Set<Listener>();
  const changed = (keys: readonly string[]): void => {
    const changes = Object.fromEntries(keys.map((key) => [key, {}]));
    for (const listener of listeners) listener(changes);
  };
  replace(runtime, 'sendMessage', asked(answer));
  replace(
    permissions,
    'request',
    asked(() => false),
  );
  const get = (keys: string | readonly string[] | null): Record<string, unknown> =>
    Object.fromEntries(
      [keys ?? Object.keys(stored)].flat().flatMap((key) => (key in stored ? [[key, stored[key]]] : [])),
    );
  const set = (items: Record<string, unknown>): void => {
    Object.assign(stored, items);
    changed(Object.keys(items));
  };
  const remove = (keys: string | readonly string[]): void => {
    const gone = [keys].flat() as string[];
    for (const key of gone) delete stored[key];
    changed(gone);
  };
  // Nothing real is looked for, and nothing begun here is found elsewhere.
  const unanswered = (): Promise<never> => new Promise(() => {});
  replace(globalThis, 'fetch', unanswered);
  replace(
    session,
    'get',
    asked(() => ({})),
  );
  replace(
    session,
    'set',
    asked(() => undefined),
  );
  replace(local, 'get', asked(get));
  replace(local, 'set', asked(set));
  replace(local, 'remove', asked(remove));
  replace(local.onChanged, 'addListener', (listener: Listener) => void listeners.add(listener));
  replace(local.onChanged, 'removeListener', (listener: Listener) => void listeners.delete(listener));
}

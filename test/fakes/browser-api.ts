/** What `src/browser/api.ts` gives, for tests without a browser: English messages, and calls to look at. */
import { vi } from 'vitest';
import { getMessage } from '../fixtures/english.ts';

export { getMessage, MESSAGES } from '../fixtures/english.ts';

type Listener = (message?: unknown) => void;

/** A port that tests speak through. */
export class FakePort {
  readonly #onMessage: Listener[] = [];
  readonly #onDisconnect: Listener[] = [];
  readonly onMessage = { addListener: (listener: Listener) => this.#onMessage.push(listener) };
  readonly onDisconnect = { addListener: (listener: Listener) => this.#onDisconnect.push(listener) };
  readonly disconnect = vi.fn();
  readonly postMessage = vi.fn();

  say(message: unknown): void {
    for (const listener of this.#onMessage) listener(message);
  }
  die(): void {
    for (const listener of this.#onDisconnect) listener();
  }
}

export const fakeBrowser = {
  i18n: { getMessage, getUILanguage: () => 'en-GB' },
  runtime: { id: 'an-id' as string | undefined, lastError: null, connect: vi.fn(), sendMessage: vi.fn() },
  action: {
    setIcon: vi.fn(async () => {}),
    setBadgeText: vi.fn(async () => {}),
    setBadgeBackgroundColor: vi.fn(async () => {}),
    setBadgeTextColor: vi.fn(async () => {}),
    setTitle: vi.fn(async () => {}),
  },
};

/** From now on a browser of this language, with texts that say that they are in `texts`. Until mocks are restored. */
export function inLanguage(ui: string, texts = ui): void {
  vi.spyOn(fakeBrowser.i18n, 'getUILanguage').mockReturnValue(ui);
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockImplementation((key, substitutions) =>
    key === 'language_tag' ? texts : getMessage(key, substitutions),
  );
}

export default fakeBrowser;

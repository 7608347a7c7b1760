import type { CDPSession } from '@playwright/test';

type Listener = (method: string, params: any) => void;

/**
 * A DevTools session with any target of the browser, service workers included, which Playwright's own
 * `newCDPSession` refuses. Its messages travel inside the browser-wide session.
 */
export class TargetSession {
  readonly #root: CDPSession;
  readonly #sessionId: string;
  readonly #waiting = new Map<number, { done(result: any): void; failed(error: Error): void }>();
  #lastId = 0;

  private constructor(root: CDPSession, sessionId: string, listener: Listener) {
    this.#root = root;
    this.#sessionId = sessionId;
    root.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const message = JSON.parse(event.message);
      if (message.method) return listener(message.method, message.params);
      const call = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) call?.failed(new Error(message.error.message));
      else call?.done(message.result);
    });
    root.on('Target.detachedFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      for (const call of this.#waiting.values()) call.failed(new Error('the target ended'));
      this.#waiting.clear();
    });
  }

  /** Attaches to a target. `listener` gets its events, once the domain that sends them is enabled. */
  static async attach(
    root: CDPSession,
    targetId: string,
    listener: Listener = () => {},
  ): Promise<TargetSession> {
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false });
    return new TargetSession(root, sessionId, listener);
  }

  /** Sends one DevTools command. Rejects if it fails or if the target ends meanwhile. */
  send(method: string, params: object = {}): Promise<any> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      const message = JSON.stringify({ id, method, params });
      this.#root
        .send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message })
        .catch((error) => failed(error));
    });
  }
}

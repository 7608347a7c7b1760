/** What a service worker holds on to, looked at from outside. */
import { readFileSync } from 'node:fs';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import type { TargetSession } from '../../harness/browser/target-session.ts';

/** What there is of each kind at one moment, after a forced collection. */
export interface Holdings {
  readonly heapBytes: number;
  /** WebSocket objects that something still refers to, closed ones included. */
  readonly webSockets: number;
  /** TCP connections from this computer to the gateway's port; `null` where that cannot be read. */
  readonly connections: number | null;
  /** Timers and intervals that are armed, of those set since the probe was put in. */
  readonly timers: number;
  /** Listeners that were added to events of the browser since then, and not removed. */
  readonly listeners: number;
  readonly alarms: number;
  readonly storedBytes: number;
}

/** In the worker: counts what is armed and who listens. The browser's events exist once each. */
function countHoldings(): void {
  const scope = globalThis as any;
  // The engine's own table of numbers as text grows to its full size (64 kB) once, sooner or later: now.
  let length = 0;
  for (let i = 0; i < 50_000; i += 1) length += String(i).length + String(i + 0.5).length;
  scope.writtenBySoak = length;
  const timers = new Set<unknown>();
  const { setTimeout: later, setInterval: regularly, clearTimeout: forget } = scope;
  scope.setTimeout = (act: () => void, ms: number, ...rest: unknown[]) => {
    const id = later(
      () => {
        timers.delete(id);
        act();
      },
      ms,
      ...rest,
    );
    timers.add(id);
    return id;
  };
  scope.setInterval = (...all: unknown[]) => {
    const id = regularly(...all);
    timers.add(id);
    return id;
  };
  scope.clearTimeout = scope.clearInterval = (id: unknown) => {
    timers.delete(id);
    forget(id);
  };
  const held = { timers, listeners: 0 };
  for (const name of ['alarms', 'runtime', 'storage', 'permissions', 'notifications', 'action']) {
    for (const event of Object.values(scope.chrome[name] ?? {}) as any[]) {
      if (typeof event?.addListener !== 'function') continue;
      const { addListener, removeListener } = event;
      event.addListener = (...all: unknown[]) => {
        held.listeners += 1;
        return addListener.apply(event, all);
      };
      event.removeListener = (...all: unknown[]) => {
        held.listeners -= 1;
        return removeListener.apply(event, all);
      };
    }
  }
  scope.heldBySoak = held;
}

/** Established connections to a port of loopback, by `/proc/net/tcp`. */
function connectionsTo(port: number): number | null {
  const ESTABLISHED = '01';
  try {
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
    const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    return lines.filter((line) => {
      const [, , to = '', state] = line.trim().split(/\s+/);
      return to.endsWith(remote) && state === ESTABLISHED;
    }).length;
  } catch {
    return null;
  }
}

export class SoakProbe {
  readonly #session: TargetSession;
  readonly #port: number;

  private constructor(session: TargetSession, port: number) {
    this.#session = session;
    this.#port = port;
  }

  /** Puts the counters into the running worker. They last as long as it does. */
  static async into(ext: ExtensionBrowser, port: number): Promise<SoakProbe> {
    const session = await ext.workerCdp();
    await session.send('Runtime.evaluate', { expression: `(${countHoldings})()` });
    return new SoakProbe(session, port);
  }

  /** Rejects if the worker is not the one that the probe was put into. */
  async look(): Promise<Holdings> {
    const counted = await this.#session.send('Runtime.evaluate', {
      expression: `Promise.all([chrome.alarms.getAll(), chrome.storage.local.getBytesInUse()]).then(
        ([alarms, storedBytes]) => ({ timers: heldBySoak.timers.size, listeners: heldBySoak.listeners,
          alarms: alarms.length, storedBytes }))`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (!counted.result?.value) throw new Error('the service worker was started anew');
    const webSockets = await this.#instances('WebSocket');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    return {
      ...counted.result.value,
      heapBytes: usedSize,
      webSockets,
      connections: connectionsTo(this.#port),
    };
  }

  async #instances(name: string): Promise<number> {
    const objectGroup = 'soak';
    const { result: prototype } = await this.#session.send('Runtime.evaluate', {
      expression: `${name}.prototype`,
      objectGroup,
    });
    const { objects } = await this.#session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId,
      objectGroup,
    });
    const { result } = await this.#session.send('Runtime.callFunctionOn', {
      functionDeclaration: 'function () { return this.length }',
      objectId: objects.objectId,
      returnByValue: true,
    });
    await this.#session.send('Runtime.releaseObjectGroup', { objectGroup });
    return result.value;
  }
}

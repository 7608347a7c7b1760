/** What the processes of a browser's extensions cost, from `/proc`. Linux only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** How often the counters are read: a process that ends between two readings loses its last moments. */
const READ_EVERY_MS = 5_000;

export interface ProcessCost {
  /** What all threads ran, to the nanosecond: the ticks of `stat` are as long as all that an idle worker does at once. */
  readonly cpuMs: number;
  /** Voluntary context switches of all threads: each had slept, and was woken. */
  readonly wakeups: number;
  /** Involuntary ones: what the machine's other work did to it. */
  readonly preemptions: number;
  readonly elapsedMs: number;
}

type Counters = Omit<ProcessCost, 'elapsedMs'>;
const NONE: Counters = { cpuMs: 0, wakeups: 0, preemptions: 0 };

/** Why nothing can be measured here, or `null`. */
export const whyNotMeasurable = (): string | null =>
  existsSync('/proc/self/schedstat') ? null : 'This bench reads /proc/…/schedstat, which only Linux has.';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process or thread has ended.
    return '';
  }
}

const entries = (path: string): string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

/** The fields of `/proc/<pid>/stat` after the name, which may contain anything. */
const statOf = (pid: string): string[] => {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** A browser's main process and all below it. */
function processesOf(browserPid: number): string[] {
  const children = new Map<string, string[]>();
  for (const pid of entries('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = statOf(pid)[1] ?? '';
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: string): string[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return [String(browserPid), ...below(String(browserPid))];
}

/** The renderers that host extensions. */
const extensionProcesses = (browserPid: number): string[] =>
  processesOf(browserPid).filter((pid) => read(`/proc/${pid}/cmdline`).includes('--extension-process'));

/** What a browser's processes ran so far, in milliseconds: those that host extensions, and all others. */
export function cpuOf(browserPid: number): { extensions: number; others: number } {
  const sum = { extensions: 0, others: 0 };
  for (const pid of processesOf(browserPid)) {
    const isOfExtensions = read(`/proc/${pid}/cmdline`).includes('--extension-process');
    const ms = countersOf(pid).reduce((all, [, { cpuMs }]) => all + cpuMs, 0);
    sum[isOfExtensions ? 'extensions' : 'others'] += ms;
  }
  return sum;
}

/** The counters of every thread, by process and thread id. */
function countersOf(pid: string): [id: string, counters: Counters][] {
  return entries(`/proc/${pid}/task`).map((thread) => {
    const folder = `/proc/${pid}/task/${thread}`;
    const status = read(`${folder}/status`);
    const count = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [
      `${pid}/${thread}`,
      {
        cpuMs: Number(read(`${folder}/schedstat`).split(' ')[0]) / 1e6,
        wakeups: count('voluntary_ctxt_switches'),
        preemptions: count('nonvoluntary_ctxt_switches'),
      },
    ];
  });
}

/** Adds up what the extension processes of one browser cost from now on. */
export class CostMeter {
  readonly #browserPid: number;
  readonly #startedAt = Date.now();
  readonly #timer: NodeJS.Timeout;
  #last: Map<string, Counters>;
  #sum = NONE;

  constructor(browserPid: number) {
    this.#browserPid = browserPid;
    this.#last = this.#counters();
    if (this.#last.size === 0) throw new Error('The browser runs no extension process.');
    this.#timer = setInterval(() => this.#read(), READ_EVERY_MS);
  }

  #counters(): Map<string, Counters> {
    return new Map(extensionProcesses(this.#browserPid).flatMap(countersOf));
  }

  /** Who is new since the last reading counts from its beginning. */
  #read(): void {
    const now = this.#counters();
    for (const [id, counters] of now) {
      const before = this.#last.get(id) ?? NONE;
      const grown = (name: keyof Counters): number =>
        this.#sum[name] + Math.max(0, counters[name] - before[name]);
      this.#sum = {
        cpuMs: grown('cpuMs'),
        wakeups: grown('wakeups'),
        preemptions: grown('preemptions'),
      };
    }
    this.#last = now;
  }

  stop(): ProcessCost {
    clearInterval(this.#timer);
    this.#read();
    return { ...this.#sum, elapsedMs: Date.now() - this.#startedAt };
  }
}

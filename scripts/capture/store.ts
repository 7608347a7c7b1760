/** Where captures go: one folder per version, one file per situation, written as soon as it is known. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Capture, Close, HttpFact, Index, Sent } from '../../harness/gateway/capture-format.ts';
import { assertClean, type Known, Placeholders } from './placeholders.ts';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const FRAMES = join(ROOT, 'test/fixtures/frames');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** Periodic events: which of them arrive in a given second is a matter of luck. */
const PERIODIC = ['tick', 'health', 'presence', 'heartbeat'];

export class Store {
  readonly version: string;
  readonly #folder: string;
  readonly #known = new Map<string, string>();
  readonly #written = new Set<string>();
  readonly #notApplicable: Record<string, string> = {};
  readonly #http: HttpFact[] = [];
  admission = 'any origin';

  constructor(version: string) {
    this.version = version;
    this.#folder = join(FRAMES, version);
  }

  /** Names a value that must not get into any file. */
  know(value: string, placeholder: string): void {
    this.#known.set(value, placeholder);
  }
  get #knownList(): Known {
    return [...this.#known];
  }

  async write(
    situation: string,
    { sent, frames, close }: { sent: Sent | null; frames: readonly any[]; close: Close | null },
  ): Promise<void> {
    for (const frame of frames) {
      const token = frame.payload?.auth?.deviceToken;
      if (token) this.know(token, 'placeholder-device-token');
    }
    const placeholders = new Placeholders(this.#knownList);
    const kept = frames.filter(({ event }) => !PERIODIC.includes(event));
    const capture: Capture = {
      version: this.version,
      situation,
      sent,
      frames: kept.map((frame) => placeholders.value(frame)),
      close: close && placeholders.close(close),
    };
    await this.#save(`${situation}.json`, capture);
    this.#written.add(situation);
    delete this.#notApplicable[situation];
    console.log(`  ${situation}: ${summary(capture)}`);
  }

  notApplicable(situation: string, reason: string): void {
    this.#notApplicable[situation] = new Placeholders(this.#knownList).text(reason);
    console.log(`  ${situation}: not applicable: ${reason}`);
  }

  http(fact: HttpFact): void {
    this.#http.push({ ...fact, body: new Placeholders(this.#knownList).text(fact.body) });
  }

  async #save(name: string, content: unknown): Promise<void> {
    const text = `${JSON.stringify(content, null, 2)}\n`;
    assertClean(text, this.#knownList);
    await mkdir(this.#folder, { recursive: true });
    await writeFile(join(this.#folder, name), text);
  }

  /** Writes the index, removes what an earlier run left and this one did not make, formats the rest. */
  async finish(): Promise<void> {
    const sorted = (names: Iterable<string>): string[] => [...names].sort();
    const index: Index = {
      version: this.version,
      admission: this.admission,
      situations: sorted(this.#written),
      notApplicable: Object.fromEntries(
        sorted(Object.keys(this.#notApplicable)).map((name) => [name, this.#notApplicable[name] ?? '']),
      ),
      http: this.#http,
    };
    await this.#save('index.json', index);
    for (const file of await readdir(this.#folder)) {
      const situation = file.replace(/\.json$/, '');
      if (situation !== 'index' && !this.#written.has(situation)) await rm(join(this.#folder, file));
    }
    await promisify(execFile)(process.execPath, [BIOME, 'format', '--write', this.#folder], { cwd: ROOT });
  }
}

function summary({ frames, close }: Capture): string {
  const last: any = frames.at(-1);
  const what = last?.error
    ? `${last.error.code} ${last.error.details?.code ?? ''} ${last.error.details?.reason ?? ''}`
    : (last?.event ?? last?.payload?.type ?? 'nothing');
  return `${what.trim()} ${close ? `| ${close.code} ${close.reason.slice(0, 70)}` : '| open'}`;
}

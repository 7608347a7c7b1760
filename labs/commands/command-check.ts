/** Compares the commands of `src/remedy/commands.ts` with what a real command line says of itself by `--help`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { compileCache, openclawEntry } from '../../harness/gateway/openclaw-install.ts';
import { runCommand } from '../../harness/process/run-command.ts';
import { type CliCommand, COMMAND_IDS, COMMANDS } from '../../src/remedy/commands.ts';
import { isWithin } from '../../src/remedy/versions.ts';

const HELP_LIMIT_MS = 60_000;

/** What many pages on the web recommend, and no version has. */
export const NO_COMMANDS = [
  'devices rotate-token',
  'gateway token rotate',
  'gateway ping',
  'auth refresh',
  'login',
  'sessions-spawn',
] as const;

/** One version's command line, asked for its help with a home of its own; each page is asked for once. */
export class CommandLineHelp {
  readonly #version: string;
  readonly #home: string;
  readonly #pages = new Map<string, Promise<string>>();

  private constructor(version: string, home: string) {
    this.#version = version;
    this.#home = home;
  }

  /** The version has to be installed. */
  static async of<T>(version: string, use: (help: CommandLineHelp) => Promise<T>): Promise<T> {
    const home = await mkdtemp(join(tmpdir(), 'relay-health-help-'));
    try {
      return await use(new CommandLineHelp(version, home));
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  /** The page of a command, or `null` if there is no such command. */
  async pageOf(verb: string): Promise<string | null> {
    const words = verb.split(' ');
    const page = await this.#ask(...words, '--help');
    if (isPageOf(page, verb)) return page;
    // Commands of plugins are there only once their parent runs (2026.7).
    const other = await this.#ask(...words.slice(0, -1), 'help', ...words.slice(-1));
    return isPageOf(other, verb) ? other : null;
  }

  #ask(...args: string[]): Promise<string> {
    const key = args.join(' ');
    const known = this.#pages.get(key);
    if (known) return known;
    const page = runCommand(process.execPath, [openclawEntry(this.#version), ...args], {
      cwd: this.#home,
      env: {
        ...process.env,
        HOME: this.#home,
        OPENCLAW_STATE_DIR: join(this.#home, 'state'),
        NODE_COMPILE_CACHE: compileCache(this.#version),
      },
      timeout: HELP_LIMIT_MS,
    })
      .then(
        ({ stdout }) => stdout,
        // An unknown command may end in an error, which is an answer as well.
        (error) => String((error as Error).message),
      )
      // Who runs the tests may ask for colours in everybody's name.
      .then(stripVTControlCharacters);
    this.#pages.set(key, page);
    return page;
  }
}

/** Who asks for the help of what does not exist gets that of its parent, and no error. */
const isPageOf = (page: string, verb: string): boolean =>
  page.match(/^Usage: openclaw (.*)$/m)?.[1]?.replace(/\s*[[<].*$/, '') === verb;

const names = (page: string | null, flag: string): boolean =>
  page !== null && new RegExp(`(^|[\\s,])${flag}(?![\\w-])`, 'm').test(page);

/** What our data claim of this version and its command line does not know. Empty: all of it exists. */
export async function missingCommands(version: string, help: CommandLineHelp): Promise<string[]> {
  const missing: string[] = [];
  for (const id of COMMAND_IDS) {
    const { verb, flags, parentFlag, ...range }: CliCommand = COMMANDS[id];
    if (!isWithin(version, range)) continue;
    const page = await help.pageOf(verb);
    if (page === null) {
      missing.push(`${id}: openclaw ${verb}`);
      continue;
    }
    missing.push(...flags.filter((flag) => !names(page, flag)).map((flag) => `${id}: ${verb} ${flag}`));
    const [parent = ''] = verb.split(' ');
    if (parentFlag && !names(await help.pageOf(parent), parentFlag)) {
      missing.push(`${id}: ${parent} ${parentFlag}`);
    }
  }
  return missing;
}

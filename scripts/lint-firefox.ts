/**
 * Mozilla's own check of `dist/firefox`, as addons.mozilla.org runs it: `npm run lint:firefox`. It fails on every error,
 * and on a warning that nobody has explained here. The tool is fetched when it is wanted, at one version: it brings 284
 * packages, twice as many as the rest of the project, for a look that only a release needs.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/process/build.ts';

/** 10.14.0 asks for a package that is not published everywhere. */
const TOOL = 'web-ext@10.7.0';

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** Warnings that are known, and why each is none of ours. */
const EXPLAINED: Readonly<Record<string, string>> = {
  UNSAFE_VAR_ASSIGNMENT:
    'Preact can set innerHTML where dangerouslySetInnerHTML is used. Nothing here uses it; a test sees to that.',
  KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION:
    'data_collection_permissions came to Firefox for Android with 142. This extension is not offered there.',
};

const place = ({ file, line }: Finding): string => (file ? ` (${file}${line ? `:${line}` : ''})` : '');

/** What the tool finds. It ends with an error where it finds one, so its output counts and not its exit code. */
function lint(folder: string): { errors: Finding[]; warnings: Finding[]; notices: Finding[] } {
  const lintArgs = ['lint', '--source-dir', folder, '--output', 'json', '--no-config-discovery'];
  const shell = process.platform === 'win32';
  try {
    return JSON.parse(execFileSync('npx', ['--yes', TOOL, ...lintArgs], { encoding: 'utf8', shell }));
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout?.startsWith('{')) return JSON.parse(stdout);
    throw new Error(`${TOOL} could not be run; the reason stands above.`);
  }
}

try {
  const [folder = join(ROOT, 'dist/firefox'), ...more] = process.argv.slice(2);
  if (more.length > 0) throw new Error('One folder at most: dist/firefox is the default.');
  if (!existsSync(join(folder, 'manifest.json'))) throw new Error(`There is no build in ${folder}.`);
  const { errors, warnings, notices } = lint(folder);
  for (const error of errors) console.log(`error    ${error.code}: ${error.message}${place(error)}`);
  for (const warning of warnings) {
    console.log(`warning  ${warning.code}${place(warning)}: ${EXPLAINED[warning.code] ?? warning.message}`);
  }
  for (const notice of notices) console.log(`notice   ${notice.code}: ${notice.message}${place(notice)}`);
  const unexplained = warnings.filter(({ code }) => !(code in EXPLAINED)).length;
  console.log(`${errors.length} errors, ${warnings.length} warnings, ${unexplained} of them not explained`);
  process.exitCode = errors.length + unexplained > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** The import rules of the folders: who may know whom. A broken rule names the file and the import. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APART } from '../vitest.config.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = resolve(ROOT, 'src');

interface Import {
  readonly file: string;
  /** Gone after the build: of a type, nothing is loaded. */
  readonly isType: boolean;
  /** In a call, so that it is loaded when that is reached. */
  readonly isLate: boolean;
  /** A package's name, or a path from where the file's is from. */
  readonly target: string;
}

/** Paths from `root`. */
const importsOf = (root: string, pattern: string): Import[] =>
  globSync(pattern, { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(resolve(root, file), 'utf8').matchAll(
        /(?:(?:import|export)\s([^;']*?)from\s+|import\s+|\bimport(\())'([^']+)'/g,
      ),
    ].map(([, names, call, target = '']) => ({
      file,
      isLate: call !== undefined,
      isType: names !== undefined && /^type\s|^\{(\s*type [^,]+,?)+\s*\}\s*$/.test(names),
      target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
    })),
  );

const imports = importsOf(SRC, '**/*.{ts,tsx}');

/** What does not become part of the extension. */
const importsAround = importsOf(ROOT, '{harness,labs,scripts,test}/**/*.{ts,tsx,mjs}');

/** What of the tests others may know: what they stand on, and no test. */
const GROUND = ['test/fixtures/', 'test/fakes/'];

/** For each folder around `src` which of them it may know. */
const AROUND: readonly (readonly [folder: string, known: readonly string[]])[] = [
  ['harness/', ['src/', 'harness/', 'scripts/lib/']],
  ['labs/', ['src/', 'harness/', 'labs/', 'scripts/capture/versions.ts', ...GROUND]],
  ['scripts/', ['src/', 'harness/', 'labs/', 'scripts/', ...GROUND]],
];

const PURE_PACKAGES = ['zod/mini', '@openclaw/gateway-client/browser', /^@openclaw\/gateway-protocol\//];

/** What of `browser/` worker and pages share. */
const BROWSER = /^browser\/[^/]+$/;

/** What everything that a person looks at may know. The worker's side of the browser is not among it. */
const SHOWN = [
  'preact',
  /^preact\//,
  BROWSER,
  'browser/page/',
  'words/',
  'one-line.ts',
  'gateway/',
  'relay/',
  'remedy/',
  'road/',
  'doctor/',
  'pairing/',
  'explain/',
  'inside/',
  'history/',
  'notify/',
  'others/',
  'storage/',
  'gateway-status.ts',
  'messages.ts',
  'reach.ts',
  'secret.ts',
  'settings.ts',
];

/** What every part of `browser/` may know. */
const KNOWN_TO_BROWSER = [
  ...PURE_PACKAGES,
  'gateway/',
  'relay/',
  'remedy/',
  'road/',
  'doctor/',
  'pairing/',
  'inside/',
  'storage/',
  'history/',
  'notify/',
  'others/',
  'gateway-status.ts',
  'projection.ts',
  'messages.ts',
  'secret.ts',
  'settings.ts',
];

/** For each room (first match wins) what it may import: folders end in a slash, packages do not. */
const RULES: readonly (readonly [room: string, allowed: readonly (string | RegExp)[]])[] = [
  ['gateway/', [...PURE_PACKAGES, 'gateway/', 'parse.ts', 'reach.ts', 'secret.ts']],
  ['pairing/', [...PURE_PACKAGES, 'pairing/', 'ports.ts', 'reach.ts', 'secret.ts']],
  [
    'explain/',
    [...PURE_PACKAGES, 'explain/', 'gateway/', 'pairing/', 'remedy/', 'gateway-status.ts', 'ports.ts'],
  ],
  [
    'others/',
    [
      ...PURE_PACKAGES,
      'others/',
      'explain/',
      'gateway/',
      'remedy/',
      'foreign-text.ts',
      'parse.ts',
      'gateway-status.ts',
    ],
  ],
  ['road/', ['road/']],
  ['relay/', [...PURE_PACKAGES, 'relay/', 'parse.ts', 'ports.ts', 'reach.ts', 'secret.ts']],
  ['inside/', ['zod/mini', 'inside/', 'gateway/', 'remedy/', 'foreign-text.ts', 'parse.ts', 'reach.ts']],
  ['history/', [...PURE_PACKAGES, 'history/', 'gateway/', 'relay/', 'gateway-status.ts']],
  ['notify/', ['notify/', 'others/', 'gateway-status.ts']],
  ['remedy/', ['remedy/', 'diagnoses.ts', 'gateway/', 'reach.ts', 'relay/', 'road/causes.ts']],
  [
    'doctor/',
    [
      ...PURE_PACKAGES,
      'doctor/',
      'remedy/',
      'gateway/',
      'relay/',
      'road/',
      'inside/',
      'diagnoses.ts',
      'reach.ts',
      'gateway-status.ts',
      'foreign-text.ts',
    ],
  ],
  [
    'storage/',
    [
      ...PURE_PACKAGES,
      'storage/',
      'parse.ts',
      'gateway/',
      'relay/',
      'history/',
      'notify/',
      'others/',
      'remedy/types.ts',
      'settings.ts',
    ],
  ],
  ['settings.ts', [...PURE_PACKAGES, 'notify/']],
  ['gateway-status.ts', ['gateway/', 'relay/']],
  ['projection.ts', ['gateway/', 'relay/', 'gateway-status.ts']],
  ['diagnoses.ts', ['doctor/types.ts', 'gateway/finding.ts', 'remedy/types.ts', 'remedy/ways.ts']],
  ['secret.ts', []],
  ['reach.ts', []],
  ['ports.ts', []],
  ['parse.ts', ['zod/mini']],
  ['foreign-text.ts', ['pairing/']],
  ['one-line.ts', []],
  ['messages.ts', ['command-schema.ts', 'gateway-status.ts']],
  ['command-schema.ts', [...PURE_PACKAGES, 'gateway/read-methods.ts', 'settings.ts']],
  ['browser/worker/', ['browser/worker/', BROWSER, 'words/', ...KNOWN_TO_BROWSER]],
  ['browser/page/', ['qr/decode.js', 'browser/page/', BROWSER, 'words/', ...KNOWN_TO_BROWSER]],
  ['browser/api.ts', ['webextension-polyfill']],
  ['browser/', ['idb-keyval', BROWSER, /^\.\.\/public\/_locales\/en\/messages\.json$/, ...KNOWN_TO_BROWSER]],
  [
    'words/',
    [
      'words/',
      BROWSER,
      'doctor/',
      'explain/',
      'gateway/',
      'notify/',
      'others/',
      'pairing/',
      'relay/',
      'remedy/',
      'gateway-status.ts',
      'messages.ts',
      'ports.ts',
      'settings.ts',
    ],
  ],
  ['background/supervisor.ts', ['gateway/']],
  ['background/', [/^(?!popup\/|pages\/|ui\/|browser\/page\/)/]],
  ['ui/', ['ui/', ...SHOWN]],
  ['popup/', ['popup/', 'ui/', ...SHOWN]],
  ['pages/demo/', ['popup/', 'pages/', 'ui/', ...SHOWN]],
  ['pages/', ['pages/', 'ui/', ...SHOWN]],
];

/**
 * Who may load zod: files that describe what comes from the disk, from a page or from a socket, and the one that reads by
 * such a description. It is a third of a popup's first paint, so whatever is needed for that takes only types of these.
 */
const READERS = [
  'command-schema.ts',
  'gateway/evidence-state.ts',
  'gateway/protocol.ts',
  'gateway/state.ts',
  'history/state.ts',
  'inside/read-config.ts',
  'inside/read-process.ts',
  'inside/read-work.ts',
  'inside/reading.ts',
  'inside/restart.ts',
  'others/log.ts',
  'others/presence.ts',
  'others/shown.ts',
  'others/state.ts',
  'parse.ts',
  'relay/protocol.ts',
  'relay/state.ts',
  'settings.ts',
  'storage/item.ts',
  'storage/items.ts',
  'storage/settings-file.ts',
];

/** Where the pages begin; what they import later, in a call, is not on the way. */
const FIRST_PAINT = ['popup/main.tsx', 'ui/tab.tsx'];

const allows = (rule: string | RegExp, target: string): boolean =>
  typeof rule === 'string'
    ? rule.endsWith('/')
      ? target.startsWith(rule)
      : target === rule
    : rule.test(target);

describe('architecture', () => {
  it('every file has a room with rules', () => {
    const homeless = imports.filter(({ file }) => !RULES.some(([room]) => file.startsWith(room)));
    expect(homeless).toEqual([]);
  });

  it.each(RULES)('%s imports only what it may know', (room, allowed) => {
    const mine = imports.filter(({ file }) => RULES.find(([each]) => file.startsWith(each))?.[0] === room);
    expect(mine.filter(({ target }) => !allowed.some((rule) => allows(rule, target)))).toEqual([]);
  });

  it.each(AROUND)('%s knows only what it may know', (folder, known) => {
    const mine = importsAround.filter(
      ({ file, target }) => file.startsWith(folder) && /^(?:src|harness|labs|scripts|test)\//.test(target),
    );
    expect(mine.filter(({ target }) => !known.some((each) => allows(each, target)))).toEqual([]);
    expect(mine.length).toBeGreaterThan(10);
  });

  it('only browser/ touches what a browser offers', () => {
    const touches = /\bnew WebSocket\(|\bfetch\(|\bindexedDB\b|\bcrypto\.subtle\b|\bchrome\./;
    const guilty = globSync('**/*.{ts,tsx}', { cwd: SRC })
      .filter((file) => !file.startsWith('browser/') && file !== 'background/index.ts')
      .filter((file) =>
        touches.test(readFileSync(resolve(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
      );
    expect(guilty).toEqual([]);
  });

  it('zod is loaded by what reads the outside, and never before a first paint', () => {
    const loads = (file: string): Import[] =>
      imports.filter((each) => each.file === file && !each.isType && !each.isLate);
    const readers = imports.filter(({ target, isType }) => target === 'zod/mini' && !isType);
    expect(readers.map(({ file }) => file).sort()).toEqual(READERS);
    for (const start of FIRST_PAINT) {
      const reached = new Set([start]);
      for (const file of reached) for (const { target } of loads(file)) reached.add(target);
      expect(
        [...reached].filter((file) => READERS.includes(file)),
        start,
      ).toEqual([]);
    }
  });

  it('no files import each other in a circle, not even for their types or later', () => {
    const left = new Map<string, Set<string>>();
    const below = imports.map(({ file, target }) => ({
      file: join('src', file),
      target: join('src', target),
    }));
    for (const { file, target } of [...below, ...importsAround])
      left.set(file, (left.get(file) ?? new Set()).add(target));
    // Take away whatever imports nothing that is left: what stays is on a circle, or leads to one.
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const [file, targets] of left)
        if (![...targets].some((target) => left.has(target))) left.delete(file);
    }
    expect([...left.keys()]).toEqual([]);
  });

  it('one name is of one thing: no two files give out the same', () => {
    const owners = new Map<string, string[]>();
    for (const file of globSync('**/*.{ts,tsx}', { cwd: SRC }))
      for (const [, name = ''] of readFileSync(resolve(SRC, file), 'utf8').matchAll(
        /^export (?:default )?(?:async )?(?:abstract )?(?:class|interface|type|function|const|let) (\w+)/gm,
      ))
        owners.set(name, [...new Set([...(owners.get(name) ?? []), file])]);
    expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
    expect(owners.size).toBeGreaterThan(500);
  });

  it('secrets are revealed only where they are sealed, signed or sent', () => {
    const revealing = globSync('**/*.{ts,tsx}', { cwd: SRC })
      .filter(
        (file) => file !== 'secret.ts' && readFileSync(resolve(SRC, file), 'utf8').includes('.reveal()'),
      )
      .sort();
    expect(revealing).toEqual([
      'browser/worker/relay-key.ts',
      'browser/worker/vault.ts',
      'gateway/connect-request.ts',
    ]);
  });

  it('a test that replaces modules, or what is global, has a world of its own', () => {
    const shared = globSync('{test,labs}/**/*.test.{ts,tsx}', { cwd: ROOT, exclude: [...APART] });
    const replacing = shared.filter((file) =>
      /\bvi\.(mock|doMock|stubGlobal)\(/.test(readFileSync(resolve(ROOT, file), 'utf8')),
    );
    expect(replacing).toEqual([]);
    expect(shared.length).toBeGreaterThan(20);
  });
});

/** Whoever reads a comment can open what it cites: a document that is here, or a rule that is stated. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8');

const CODE = globSync('{src,test,labs,harness,scripts}/**/*.{ts,tsx,mjs,css}', { cwd: ROOT });
const DOCUMENTS = globSync('{*,docs/*,store/*,src/*/*}.md', { cwd: ROOT });

/** Both specifications go by one name; the other one is written into a package. */
const ELSEWHERE = ['SPEC.md', 'README-FOR-REVIEWERS.md'];

/** Each rule that is stated, and where: `- **C1** …` in a specification, ` * - P1 …` in the head of a file. */
const STATEMENTS = [
  ...globSync('src/**/SPEC.md', { cwd: ROOT }),
  ...CODE.filter((file) => file.startsWith('src/')),
].flatMap((file) =>
  [...read(file).matchAll(/^(?:- \*\*([A-Z]\d+)\*\*| \* - ([A-Z]\d+)) /gm)].map(
    ([, spec, head]) => [spec ?? head ?? '', file] as const,
  ),
);
const STATED = new Set(STATEMENTS.map(([rule]) => rule));

/** Rules in brackets, anywhere in code; several may stand together. */
const cited = (text: string): string[] =>
  [...text.matchAll(/(?<![\w\]])\[((?:[A-Z]\d{1,2})(?:, [A-Z]\d{1,2})*)\]/g)].flatMap(([, rules = '']) =>
    rules.split(', '),
  );

it('finds rules where they are stated', () => {
  for (const rule of ['C1', 'D1', 'R1', 'K1', 'E1', 'B1', 'L1', 'P1', 'H1', 'N1'])
    expect(STATED).toContain(rule);
});

it('every rule that code or a title of a test cites is stated', () => {
  const unknown = CODE.flatMap((file) =>
    cited(read(file)).flatMap((rule) => (STATED.has(rule) ? [] : [`${file}: ${rule}`])),
  );
  expect(unknown).toEqual([]);
});

describe('architecture.md', () => {
  const house = read('docs/architecture.md');

  it('has a line for every room', () => {
    const listed = [...house.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([\w/]+)`/g)].map(([, folder]) => folder),
    );
    const pages = globSync('src/pages/*/', { cwd: ROOT });
    const rooms = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).map(dirname);
    expect(rooms.filter((room) => room !== 'src' && !pages.includes(room) && !listed.includes(room))).toEqual(
      [],
    );
    const [labs = ''] = /^\| `labs` .*$/m.exec(house) ?? [];
    const folders = CODE.flatMap((file) => /^labs\/(\w+)\//.exec(file)?.[1] ?? []);
    expect(folders.filter((folder) => !new RegExp(`\\b${folder}\\b`).test(labs))).toEqual([]);
  });

  it('names every file that stands by itself', () => {
    const files = globSync('src/*.ts', { cwd: ROOT });
    expect(files.filter((file) => !house.includes(`(../${file})`))).toEqual([]);
  });

  it('says of every letter where its rules are stated', () => {
    const places = [...house.matchAll(/^\| ((?:[A-Z] )+)\| .*\(\.\.\/(\S+)\) \|$/gm)].flatMap(
      ([, letters = '', place]) => [...letters.replaceAll(' ', '')].map((letter) => [letter, place] as const),
    );
    const astray = STATEMENTS.filter(
      ([rule, file]) =>
        !places.some(([letter, place]) => rule.startsWith(letter) && file.startsWith(`${place}`)),
    );
    expect(astray).toEqual([]);
  });
});

it('every document that a comment or a document names is here', () => {
  const missing = [...CODE, ...DOCUMENTS].flatMap((file) =>
    [...read(file).matchAll(/(?<![\w/.*{@-])((?:\.{1,2}\/)*[\w-]+(?:\/[\w-]+)*\.md)\b/g)].flatMap(
      ([, name = '']) => {
        const places = [resolve(ROOT, name), resolve(ROOT, dirname(file), name), resolve(ROOT, 'docs', name)];
        return ELSEWHERE.includes(name) || places.some((place) => existsSync(place))
          ? []
          : [`${file}: ${name}`];
      },
    ),
  );
  expect(missing).toEqual([]);
});

it('every source file that a comment or a document names is here', () => {
  const sources = globSync('{*,{src,test,labs,harness,scripts}/**/*}.{ts,tsx,mjs,css}', { cwd: ROOT });
  const isHere = (name: string) => sources.some((file) => `/${file}`.endsWith(`/${name}`));
  const missing = [...CODE, ...DOCUMENTS].flatMap((file) =>
    [...read(file).matchAll(/`(?:\.{1,2}\/)*([\w-][\w./-]*\.(?:tsx?|mjs|css))`/g)].flatMap(([, name = '']) =>
      isHere(name) ? [] : [`${file}: ${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

it('every link of a document leads somewhere', () => {
  const broken = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|mailto:|#|\.\.\/\.\.\/releases)([^)#\s]+)/g)].flatMap(
      ([, target = '']) => (existsSync(resolve(ROOT, dirname(file), target)) ? [] : [`${file}: ${target}`]),
    ),
  );
  expect(broken).toEqual([]);
});

it('nothing cites a sheet or a list that only its writers had', () => {
  const foreign = CODE.flatMap((file) =>
    [...read(file).matchAll(/gateway-facts|\(scenario \d+\)|\[row \d+\]|\bux\.md\b/g)].map(
      ([words]) => `${file}: ${words}`,
    ),
  ).filter((each) => !each.startsWith('test/citations.test.ts'));
  expect(foreign).toEqual([]);
});

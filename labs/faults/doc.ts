/** What was played as a document, `docs/faults.md`: what was not played this time stays as it was written. */
import type { Expected, Fault, Played } from './fault.ts';

export interface PlayedFault {
  readonly fault: Fault;
  readonly played: Played;
}

type Cells = readonly string[];

const NOTHING = '–';
const code = (text: string | null | undefined): string => (text == null ? NOTHING : `\`${text}\``);
const line = (cells: Cells): string => `| ${cells.join(' | ')} |`;

/** The verdict, and what a look inside the gateway found. */
function found({ diagnosis, inside = '', restart }: Expected): string {
  const codes = inside === '' ? code(diagnosis) : inside.split(' ').map(code).join(', ');
  return restart === undefined ? codes : `${codes}; a restart cuts off: ${restart}`;
}

const HEAD = ['fault', 'produced by', 'popup', 'diagnosis', 'location', 'first remedy', 'credentials spent'];

function cellsOf({ fault: { name, how }, played: { seen, problems } }: PlayedFault): Cells {
  const shown = seen && [seen.status, ...(seen.relay ? [code(seen.relay)] : [])].join(', ');
  const cells = seen
    ? [shown ?? '', found(seen), seen.location ?? NOTHING, code(seen.remedy), String(seen.spent)]
    : HEAD.slice(2).map(() => NOTHING);
  const verdict = problems.length === 0 ? '' : ` **${problems.join('; ')}**`;
  return [code(name), `${how}${verdict}`, ...cells];
}

const WAY_HEAD = [
  'what stands there',
  'produced by',
  'popup',
  'without a permission',
  'with the permissions',
  'first remedy with them',
  'in Firefox, with them',
  'what was done, and connected',
  'credentials spent',
];

const wayOf = ({ name }: Fault): string => name.replace(/-(seen|firefox|cured)$/, '');

/** One row for the browsers that met the same thing. `before`: what it was; those that did not play keep their cells. */
function wayCells(name: string, all: readonly PlayedFault[], before: Cells): Cells {
  const of = (column: Fault['column']) => all.find(({ fault }) => fault.column === column);
  const [blind, seen, fox, cured] = [of('blind'), of('seen'), of('firefox'), of('cured')];
  const cell = (at: number, play: PlayedFault | undefined, now: (seen: Expected, fault: Fault) => string) =>
    play?.played.seen ? now(play.played.seen, play.fault) : (before[at] ?? NOTHING);
  const spent = [before.at(-1), ...all.map(({ played }) => played.seen?.spent)].map(
    (each) => Number(each) || 0,
  );
  return [
    code(name),
    cell(1, blind, (_, { how }) => how),
    cell(2, blind, ({ status }) => status),
    cell(3, blind, ({ diagnosis }) => code(diagnosis)),
    cell(4, seen, ({ diagnosis }) => code(diagnosis)),
    cell(5, seen, ({ remedy }) => code(remedy)),
    cell(6, fox, ({ diagnosis }) => code(diagnosis)),
    cell(7, cured, (_, { how }) => how),
    String(Math.max(...spent)),
  ];
}

/** The rows of a document, by the names at their beginnings. */
function rowsIn(document: string): Map<string, Cells> {
  const cells = document.split('\n').flatMap((each): [string, Cells][] => {
    const [, name] = /^\| `([^`]+)` \|/.exec(each) ?? [];
    return name === undefined ? [] : [[name, each.slice(2, -2).split(' | ')]];
  });
  return new Map(cells);
}

const table = (head: Cells, rows: readonly Cells[]): string =>
  [head, head.map(() => '---'), ...rows].map(line).join('\n');

/** The table of what was played, failures and all. */
export function playedTable(all: readonly PlayedFault[]): string {
  return table(HEAD, all.map(cellsOf));
}

/**
 * The whole of `docs/faults.md`.
 *
 * @param order all faults there are, in their order
 * @param good those that were played now and are as they should be
 * @param before the document as it was
 */
export function faultsDoc(order: readonly Fault[], good: readonly PlayedFault[], before: string): string {
  const kept = rowsIn(before);
  const played = Map.groupBy(good, ({ fault }) => wayOf(fault));
  const single = order
    .filter(({ column }) => column === undefined)
    .flatMap(({ name }) => {
      const now = good.find(({ fault }) => fault.name === name);
      const cells = now ? cellsOf(now) : kept.get(name);
      return cells ? [cells] : [];
    });
  const ways = order
    .filter(({ column }) => column === 'blind')
    .flatMap(({ name }) => {
      const now = played.get(name);
      const cells = now ? wayCells(name, now, kept.get(name) ?? []) : kept.get(name);
      return cells ? [cells] : [];
    });
  return `# Faults, and what a user is told

Written by \`npm run test:faults -- --write\`: every fault produced for real, the real extension in a real Chromium
beside real gateways, or servers that are none.

${table(HEAD, single)}

## What stands on the way

Each in several browsers: a Chromium without any permission, one with those that diagnostics ask for, for some a Firefox with
them, and where a configuration or a command of ours cures it, a Chromium whose user does that and is connected, in the same
sitting. Servers that are no gateway are offered a secret, and none may hear it. A gateway that knows its users by its proxy
counts an attempt that carried no credential.

${table(WAY_HEAD, ways)}
`;
}

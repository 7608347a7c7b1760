/** The catalogue as a document: everything that can be told to a user, and what is then recommended. */
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { locate } from '../../src/doctor/location.ts';
import {
  ABOUT,
  QUESTIONS,
  type QuestionId,
  questionsFor,
  UNANSWERED,
  type Unanswered,
} from '../../src/doctor/questions.ts';
import { CAUSES } from '../../src/gateway/causes.ts';
import { FINDINGS } from '../../src/gateway/finding.ts';
import { INSIDE_CODES, insideRow } from '../../src/inside/codes.ts';
import { findingCommand } from '../../src/inside/command.ts';
import { bearingOf, RELAY_CAUSES } from '../../src/relay/causes.ts';
import { type CliCommand, COMMAND_IDS, COMMANDS } from '../../src/remedy/commands.ts';
import { type Diagnosis, PLATFORMS, REMEDY_EFFECTS, type RemedyFacts } from '../../src/remedy/types.ts';
import { remediesFor } from '../../src/remedy/what-helps.ts';
import { ROAD_CAUSES } from '../../src/road/causes.ts';

const FACTS: Omit<RemedyFacts, 'platform'> = {
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  serverVersion: null,
  requestId: 'REQUEST-ID',
  origin: 'chrome-extension://extension-id',
  relayAddress: 'ws://127.0.0.1:18799/extension',
};

const text = (key: string): string => {
  const found = (messages as Record<string, { message: string; placeholders?: object }>)[key];
  if (!found) return '';
  // A placeholder stands as its name.
  return found.message.replace(/\$(\w+)\$/g, (_, name: string) => `*${name.toLowerCase()}*`);
};
const snake = (code: string): string => code.replaceAll('-', '_');
const cell = (content: string): string => content.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const code = (command: string): string => `\`${command.replaceAll('|', '\\|')}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Beside this computer's place, that of a gateway elsewhere, if it is another one. */
function placeOf(diagnosis: Diagnosis): string {
  const [near, far] = [locate(diagnosis, 'loopback'), locate(diagnosis, 'public')];
  return near === far ? near : `${near}; elsewhere ${far}`;
}

function remedyList(diagnosis: Diagnosis): string {
  const remedies = remediesFor(diagnosis, { ...FACTS, platform: 'linux' });
  return remedies
    .map(({ id, command, effect }, index) => {
      const label = cell(text(`remedy_${snake(id)}_label`)).replace(/[.:]$/, '');
      return `${index + 1}. ${label}${command === null ? '' : `: ${code(command)}`} (${effect})`;
    })
    .join('<br>');
}

const section = (codes: readonly Diagnosis[], keyOf: (code: Diagnosis) => string): string =>
  table(
    ['code', 'what it is called', 'what it means meanwhile', 'where it lies', 'what helps, mild first'],
    codes.map((each) => [
      `\`${each}\``,
      cell(text(`${keyOf(each)}_title`) || text(`${keyOf(each)}_row`)),
      cell(text(`${keyOf(each)}_impact`) || text('doctor_impact_relay')),
      placeOf(each),
      remedyList(each),
    ]),
  );

const insideTable = (): string =>
  table(
    ['code', 'what is said', 'row', 'how grave', 'why it matters', 'what helps'],
    INSIDE_CODES.map((each) => {
      const { area, severity, why, effect } = insideRow(each);
      const command = findingCommand(each, { ...FACTS, platform: 'linux' });
      return [
        `\`${each}\``,
        cell(text(`inside_${snake(each)}`)),
        text(`inside_area_${area}`),
        severity,
        cell(text(`inside_why_${snake(why)}`)),
        command ? `${code(command)} (${effect})` : '',
      ];
    }),
  );

const WHY_ASKED: Readonly<Record<Unanswered, string>> = {
  read: 'the settings answer it, where they may be read: a gateway on loopback alone that is reached from elsewhere',
  away: 'asked only where the gateway doesn’t let us in: no method can be called',
  untold: 'no method that `operator.read` allows tells, in any version',
  elsewhere: 'only the official extension knows, and extensions can’t ask each other',
};

const questionTable = (): string =>
  table(
    ['question', 'asked at', 'why a person is asked'],
    (Object.keys(QUESTIONS) as QuestionId[]).map((id) => [
      cell(text(`question_${id}`)),
      (Object.keys(ABOUT) as Diagnosis[])
        .filter((each) => questionsFor(each, 'public').includes(id))
        .map((each) => `\`${each}\``)
        .join(', '),
      WHY_ASKED[UNANSWERED[id]],
    ]),
  );

/** One example of each kind of difference. */
const EXAMPLES: readonly Diagnosis[] = [
  'not-paired',
  'gateway-unreachable',
  'restart-outlived',
  'clock-skew',
];

const platforms = (): string =>
  table(
    ['', ...PLATFORMS.map((platform) => text(`platform_${platform}`))],
    EXAMPLES.map((diagnosis) => [
      `\`${diagnosis}\``,
      ...PLATFORMS.map((platform) => {
        const [first] = remediesFor(diagnosis, { ...FACTS, platform });
        return first?.command ? code(first.command) : '–';
      }),
    ]),
  );

const commandTable = (): string =>
  table(
    ['command', 'first version', 'last version'],
    COMMAND_IDS.map((id): CliCommand => COMMANDS[id]).map(({ line, since, until }) => [
      code(`openclaw ${line.replace('{openclaw}', 'openclaw')}`),
      since ?? '',
      until ?? '',
    ]),
  );

/** The whole of `docs/diagnoses.md`. */
export const diagnosesDoc = (): string => `# What can be wrong, and what helps

Written by \`npm run diagnoses\` from \`src/remedy\`, the catalogues of causes and the English messages; a test says
when it is out of date. Commands are those of the newest version, on Linux, for a gateway on this computer. What a
remedy changes: ${Object.entries(effects())
  .map(([effect, words]) => `*${effect}*: ${words}`)
  .join(' ')}

## The connection

${section(CAUSES, (each) => `cause_${snake(each)}`)}

## What the past proves

${section(FINDINGS, (each) => `finding_${snake(each)}`)}

## What stands on the way

${section(ROAD_CAUSES, (each) => `road_${snake(each)}`)}

## The relay

${section(
  RELAY_CAUSES.filter((cause) => ['fault', 'absent', 'asleep'].includes(bearingOf(cause))),
  snake,
)}

## Inside the gateway

What a look inside finds, by methods that only read; the rows of who can connect and of the settings with the user’s consent alone.

${insideTable()}

## What a person is asked

The doctor walks its steps by itself and asks what is left: nothing that a gateway, a page on the way or the browser can say.

${questionTable()}

## Platforms

The first remedy of some, as it reads on each platform:

${platforms()}

## Commands of OpenClaw

All that are ever shown, and in which versions they were seen (empty: in all that were looked at, 2026.2.17 to 2026.9.6).
\`npm run test:commands\` compares them with the command lines of eleven versions. A gateway that is known to lack a
command gets another way, or none.

${commandTable()}
`;

const effects = (): Record<string, string> =>
  Object.fromEntries(REMEDY_EFFECTS.map((effect) => [effect, text(`remedy_effect_${effect}`)]));

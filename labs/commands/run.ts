/**
 * Every command that a card may show, against the command line of every gateway generation: `npm run test:commands
 * [-- version …]`. Fails if one does not exist where it would be shown. Then what the command that approves us answers where
 * it may not, on a gateway of four of them: fails if a card has no row for it. With `--write` that table goes to
 * docs/approver.md. Installs what is missing, a version at a time.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOpenClaw } from '../../harness/gateway/openclaw-install.ts';
import { VERSIONS } from '../../scripts/capture/versions.ts';
import { type Answer, answersOf, SITUATIONS } from './answers.ts';
import { CommandLineHelp, missingCommands, NO_COMMANDS } from './command-check.ts';

/** One of every way in which gateways say that a device may not. */
const ANSWERED: readonly string[] = ['2026.2.21', '2026.5.28', '2026.8.1', '2026.9.6'];

const args = process.argv.slice(2);
const isWriting = args.includes('--write');
const wanted = args.filter((arg) => arg !== '--write');
const versions: readonly string[] = wanted.length > 0 ? wanted : VERSIONS;
let failures = 0;
for (const version of versions) {
  await installOpenClaw(version, console.log);
  const problems = await CommandLineHelp.of(version, async (help) => {
    const missing = await missingCommands(version, help);
    for (const verb of NO_COMMANDS) {
      if ((await help.pageOf(verb)) !== null) missing.push(`exists after all: openclaw ${verb}`);
    }
    return missing;
  });
  failures += problems.length;
  console.log(`${version.padEnd(10)} ${problems.length === 0 ? 'ok' : problems.join('; ')}`);
}

const answered = ANSWERED.filter((version) => versions.includes(version));
const table = new Map<string, readonly Answer[]>();
for (const version of answered) {
  const answers = await answersOf(version);
  table.set(version, answers);
  for (const { situation, isApproved, rows, words } of answers) {
    console.log(`${version.padEnd(10)} ${situation}: ${isApproved ? 'approved' : rows.join(', ')}`);
    if (isApproved || rows.length > 0) continue;
    failures += 1;
    console.log(`  no row for it:\n${words}`);
  }
}

const cell = (version: string, situation: string): string => {
  const answer = table.get(version)?.find((each) => each.situation === situation);
  if (!answer) return '–';
  return answer.isApproved ? 'approves' : answer.rows.map((row) => `\`${row}\``).join(', ');
};

if (isWriting && failures === 0 && answered.length === ANSWERED.length) {
  const lines = [
    '# Where a command line may not approve',
    '',
    'What `openclaw devices approve` does on another computer than the gateway’s, by what that command line holds, and the row of',
    '[approver.ts](../src/remedy/approver.ts) with which the card answers its words. Written by `npm run test:commands -- --write`.',
    '',
    `| That command line | ${answered.join(' | ')} |`,
    `|---|${answered.map(() => '---').join('|')}|`,
    ...SITUATIONS.map(
      (situation) => `| ${situation} | ${answered.map((version) => cell(version, situation)).join(' | ')} |`,
    ),
    '',
  ];
  await writeFile(join(import.meta.dirname, '../../docs/approver.md'), lines.join('\n'));
}
console.log(`${versions.length} versions, ${failures} failures`);
process.exitCode = failures === 0 && versions.length > 0 ? 0 : 1;

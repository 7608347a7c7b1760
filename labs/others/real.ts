/**
 * Real clients that a real gateway refuses, all at once, as the extension's page tells of them, and whether each is let in
 * when its user does what its card says: `npm run test:clients [-- version …]`. Command lines and nodes come from another
 * computer, dashboards from a second browser. With `--write` the table goes to docs/others.md.
 */
import { installOpenClaw } from '../../harness/gateway/openclaw.ts';
import { enterPrivateNetwork } from '../../harness/process/private-network.ts';
import { until } from '../../harness/process/wait.ts';
import { type Client, REAL_CLIENTS, type RealClient } from './clients.ts';
import { writeTable } from './doc.ts';
import { House } from './house.ts';

const VERSIONS = ['2026.2.21', '2026.5.28', '2026.8.1', '2026.9.6'] as const;

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');
const versions = wanted.length > 0 ? wanted : VERSIONS;
for (const version of versions) await installOpenClaw(version, console.log);
enterPrivateNetwork();

const TOGETHER = 'all at once';
const WITH_PAGE = 'from the refusal to the card, with the page open';
const WITHOUT_PAGE = 'from the refusal until it is noted, with no page open';

const ROWS: readonly (readonly [name: string, told: string])[] = [
  ...REAL_CLIENTS.map(({ name, told: [kind, code] }) => [name, `${kind}, \`${code}\``] as const),
  [TOGETHER, ''],
  [WITH_PAGE, ''],
  [WITHOUT_PAGE, ''],
];

let failures = 0;
const verdicts = new Map<string, string>();

const note = (version: string, name: string, verdict: string): void => {
  console.log(`${version.padEnd(10)} ${name.padEnd(54)} ${verdict}`);
  verdicts.set(`${version} ${name}`, verdict);
};

const fail = (version: string, name: string, error: unknown): void => {
  failures += 1;
  note(version, name, `FAILED ${String(error).replace(/\s+/g, ' ').slice(0, 1_500)}`);
};

/** All of them at once, then one after the other cured. */
async function play(version: string, house: House): Promise<void> {
  const clients = new Map<RealClient, Client>();
  for (const each of REAL_CLIENTS) {
    const reason = each.except?.[version];
    if (reason !== undefined) {
      note(version, each.name, reason);
      continue;
    }
    await each.prepare(house).then(
      (client) => clients.set(each, client),
      (error) => fail(version, each.name, error),
    );
  }
  for (const [each, { refuse }] of clients) {
    const card = house.card(...each.told);
    await house.seen(refuse, card).catch(async (error) => {
      fail(version, each.name, `${error} · told: ${(await refusedNow(house)).join(', ')}`);
      clients.delete(each);
    });
  }
  const now = await refusedNow(house);
  const expected = [...clients.keys()].map((each) => each.told.join(' ')).sort();
  if (now.join() !== expected.join()) fail(version, TOGETHER, `told: ${now.join(', ')}`);
  else note(version, TOGETHER, `${now.length} clients, each told once, nobody else`);
  for (const [each, client] of clients) await cure(version, house, each, client);
  for (const client of clients.values()) await client.leave?.();
}

async function cure(version: string, house: House, each: RealClient, client: Client): Promise<void> {
  const card = house.card(...each.told, client.device?.());
  try {
    await client.cure(card);
    if (each.over !== 'refused' && !each.approvesSilently?.includes(version))
      await until(60_000, 'the page to say that it is over', async () => (await card.count()) === 0);
    const denied = house.deniedCommands.splice(0).at(-1);
    note(
      version,
      each.name,
      denied === undefined
        ? 'told, cured'
        : `told, cured on the dashboard: \`devices approve\` says “${denied}”`,
    );
  } catch (error) {
    const shown = await card.allInnerTexts().catch(() => []);
    fail(version, each.name, `${error} · ${shown.join(' / ')}`);
  }
}

const refusedNow = async (house: House): Promise<string[]> =>
  (await house.told())
    .filter(({ standing }) => standing === 'refused')
    .map(({ client, cause }) => `${client} ${cause}`)
    .sort();

for (const version of versions) {
  const house = await House.open(version);
  try {
    await play(version, house);
    const delays = [...house.delays].sort((one, other) => one - other);
    const stranger = await house.commandLine();
    await stranger.configure({ url: house.url, token: 'another-placeholder-that-is-wrong' });
    const without = await house.seenWithoutPage(() => stranger.run(['health']));
    const median = delays[Math.floor(delays.length / 2)];
    note(version, WITH_PAGE, `${median} ms at the median, ${delays.at(-1)} ms at worst`);
    note(version, WITHOUT_PAGE, `${(without / 1000).toFixed(1)} s`);
    if (house.errors.length > 0) fail(version, 'errors', house.errors.join('; '));
  } catch (error) {
    fail(version, 'the lab', error);
  } finally {
    await house.close();
  }
}
console.log(`${verdicts.size} verdicts, ${failures} failures`);
if (args.includes('--write') && failures === 0)
  await writeTable({
    heading: 'Real clients',
    about:
      'OpenClaw’s own command line, node and dashboard, all refused at once, as the page “Other clients” tells of them: ' +
      '`npm run test:clients -- --write`. *Told, cured*: its card was there once, its user did what it says, and the client ' +
      'was let in. A command line that was refused with a secret names no device: that it is cured cannot be seen, so its ' +
      'card says when it was last seen.',
    columns: ['Client', 'Told as', ...versions],
    rows: ROWS.map(([name, told]) => [
      name,
      told,
      ...versions.map((version) => verdicts.get(`${version} ${name}`) ?? ''),
    ]),
  });
process.exitCode = failures === 0 ? 0 : 1;

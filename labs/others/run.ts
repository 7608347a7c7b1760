/**
 * What we say of clients that real gateways refuse, and whether what we say helps them: `npm run test:others [-- version …]`.
 * Raw clients come through a proxy, as from another computer; a device with the extension's rights reads, and its rooms
 * judge. With `--write` the table goes to docs/others.md. Real clients: `real.ts`.
 */
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { Reader } from '../../harness/gateway/reader.ts';
import { until } from '../../harness/process/wait.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import { curesFor } from '../../src/explain/cures.ts';
import { hear } from '../../src/others/log.ts';
import { type Story, statementOf, storiesOf } from '../../src/others/standing.ts';
import { nothingKnown } from '../../src/others/state.ts';
import { CASES, type Case, type Place } from './cases.ts';
import { writeTable } from './doc.ts';

const VERSIONS = ['2026.2.21', '2026.5.28', '2026.8.1', '2026.9.6'] as const;

const args = process.argv.slice(2);
const isWriting = args.includes('--write');
const wanted = args.filter((arg) => arg !== '--write');
const versions = wanted.length > 0 ? wanted : VERSIONS;

/** Milliseconds. The log is written a moment after the socket is closed. */
const LOGGED_WITHIN_MS = 10_000;

let failures = 0;
const table = new Map<string, string>();

for (const version of versions) {
  const gateway = await createGateway({ version });
  try {
    await gateway.configure((config) => {
      // Gateways before 2026.3 take nobody for a local client who comes from a trusted proxy, their owner included.
      if (!version.startsWith('2026.2.')) config.gateway.trustedProxies = ['127.0.0.1'];
      config.gateway.auth.rateLimit = { maxAttempts: 1_000 };
    });
    await booted(gateway);
    const proxy = await startRemoteProxy(gateway.port);
    const credential = { field: 'token', value: 'gateway secret', secret: gateway.token } as const;
    const reader = await Reader.create(gateway, credential);
    for (const each of CASES) {
      const reason = each.except?.[version];
      const verdict = reason ?? (await play(each, { gateway, url: proxy.url }, reader));
      console.log(`${version.padEnd(10)} ${each.name.padEnd(38)} ${verdict}`);
      table.set(`${version} ${each.name}`, verdict);
    }
    reader.leave();
    await proxy.close();
  } finally {
    await gateway.remove();
  }
}

/** On a busy machine a gateway may give up while it starts. */
async function booted(gateway: Gateway, times = 3): Promise<void> {
  try {
    await gateway.start();
    await gateway.ready();
  } catch (error) {
    if (times === 1) throw error;
    await gateway.stop();
    await booted(gateway, times - 1);
  }
}

/** Has one refused, judges what is told, does what it says. */
async function play({ told, refuse }: Case, place: Place, reader: Reader): Promise<string> {
  const { gateway } = place;
  await reader.tail();
  let others = nothingKnown(0);
  try {
    const cure = await refuse(place);
    const read = async (): Promise<readonly Story[]> => {
      const now = Date.now();
      // Gateways before 2026.5 log no port: whose line it is tells the host, where both come through the same proxy.
      const { host } = new URL(place.url);
      const who = {
        port: gateway.port,
        host,
        ownDevices: [reader.identity.deviceId],
        ownOrigin: '',
        skewMs: 0,
        now,
      };
      others = hear(others, await reader.tail(), who, false);
      return storiesOf(others, now);
    };
    const [kind, code, cureId] = told;
    let last: Story | undefined;
    await until(LOGGED_WITHIN_MS, 'the log to tell of it', async () => {
      const stories = (await read()).filter((story) => story.standing === 'refused');
      [last] = stories;
      return stories.some((story) => story.code === code);
    }).catch(() => {});
    if (!last) return failed('nothing was told');
    if (last.code !== code || last.client.kind !== kind)
      return failed(`told: ${last.client.kind} ${last.code}`);
    const [first] = curesFor(statementOf(last, gateway.url));
    if (first?.id !== cureId) return failed(`offered: ${first?.id}`);
    const { hello, error } = await cure();
    return hello ? `\`${cureId}\` cures it` : failed(`${cureId}: ${error?.message}`);
  } catch (error) {
    return failed(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function failed(why: string): string {
  failures += 1;
  return `FAILED ${why}`;
}

if (isWriting && failures === 0 && table.size > 0)
  await writeTable({
    heading: 'Raw clients',
    about: 'Clients of our own making, as from another computer: `npm run test:others -- --write`.',
    columns: ['Client', 'Told as', ...versions],
    rows: CASES.map(({ name, told: [kind, code] }) => [
      name,
      `${kind}, \`${code}\``,
      ...versions.map((version) => table.get(`${version} ${name}`) ?? ''),
    ]),
  });
console.log(`${table.size} cases, ${failures} failures`);
process.exitCode = failures === 0 && table.size > 0 ? 0 : 1;

/** A row of the way in Firefox: its own names of what failed, and the same words for the user. */

import { permittedBuild } from '../../harness/browser/permitted-build.ts';
import { pair, status } from '../../harness/browser/popup-page.ts';
import { launchFirefox } from '../../harness/firefox/firefox.ts';
import { FIREFOX_BUILD } from '../../harness/process/build.ts';
import { until } from '../../harness/process/wait.ts';
import type { StrangeServer } from '../../harness/servers/strange-server.ts';
import type { Expected, Fault, Played } from './fault.ts';
import { BAIT, LAN_NAME, type Stage } from './stage.ts';

/** Milliseconds. The examination, and what comes of a slow look after it. */
const LIMIT_MS = 60_000;

/** Names of the home network: one that leads here, and others that nobody knows. Nothing asks a name server. */
const NAMES = {
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1, ::1, .lan',
  'network.dns.localDomains': LAN_NAME,
  'network.dns.disabled': true,
};

let permitted: Promise<string> | null = null;

/** Plays one fault of the strangers with the permissions that diagnostics ask for. */
export async function playInFirefox({ expected, play }: Fault): Promise<Played> {
  const started = Date.now();
  const strangers: StrangeServer[] = [];
  permitted ??= permittedBuild(FIREFOX_BUILD);
  const fox = await launchFirefox({ extensionPath: await permitted, prefs: NAMES });
  try {
    const page = await fox.openPopupInTab();
    // The part of a stage that they stand on.
    const stage: Pick<Stage, 'meet' | 'paste'> = {
      async meet(starting) {
        const server = await starting;
        strangers.push(server);
        return server;
      },
      paste: (text) => pair(page, text),
    };
    await play(stage as Stage);
    await page
      .waitForFunction(
        ([code, cause]) => {
          const { dataset } = document.documentElement;
          return dataset.status === code && (dataset.cause ?? null) === cause;
        },
        [expected.status, expected.cause] as const,
        { timeout: LIMIT_MS },
      )
      .catch(() => {});
    const popup = await status(page);
    const doctor = await fox.open('src/pages/doctor/index.html');
    const verdict = () =>
      doctor.evaluate(() => {
        const card = document.querySelector<HTMLElement>('[data-testid=verdict]');
        return document.documentElement.dataset.run === 'done' && card ? { ...card.dataset } : null;
      });
    const { diagnosis, remedy } = expected;
    await until(LIMIT_MS, 'the verdict', async () => {
      const said = await verdict();
      return said?.diagnosis === diagnosis && said.remedy === remedy;
    }).catch(() => {});
    const said = (await verdict()) ?? {};
    const word = (text: string | undefined): any => (text === undefined || text === '' ? null : text);
    const seen: Expected = {
      ...popup,
      diagnosis: word(said.diagnosis),
      location: word(said.location),
      remedy: word(said.remedy),
      spent: strangers.flatMap(({ heard }) => heard).filter((text) => text.includes(BAIT)).length,
    };
    const problems = (Object.keys(seen) as (keyof Expected)[])
      .filter((key) => seen[key] !== expected[key])
      .map((key) => `${key}: ${seen[key]} instead of ${expected[key]}`);
    return { seen, problems, ms: Date.now() - started };
  } catch (error) {
    const [problem = ''] = String((error as Error).message ?? error).split('\n');
    return { seen: null, problems: [problem], ms: Date.now() - started };
  } finally {
    for (const server of strangers) await server.close();
    await fox.close();
  }
}

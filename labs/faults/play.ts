/** Plays one fault and says what a user was told of it, and how that differs from what should have been told. */
import type { Page } from '@playwright/test';
import { status } from '../../harness/browser/popup-page.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { RelayCause } from '../../src/relay/causes.ts';
import type { Expected, Fault, Played } from './fault.ts';
import { playInFirefox } from './firefox.ts';
import { DOCTOR_LIMIT_MS, Stage } from './stage.ts';

const SHOWN_LIMIT_MS = 60_000;
/** Each look at the way may take ten seconds, and there are two. */
const LATE_LIMIT_MS = 25_000;

/** A page that knocks where nobody is: the browser itself writes that down as an error. */
const LOGGED_BY_BROWSER = /Failed to load resource|WebSocket connection to/;

export async function play(fault: Fault, gateway: Gateway | null): Promise<Played> {
  if (fault.column === 'firefox') return playInFirefox(fault);
  const started = Date.now();
  let stage: Stage | null = null;
  try {
    stage = await Stage.open(gateway, fault);
    await fault.play(stage);
    const { expected } = fault;
    const popup = await shown(stage.page, expected, fault.limitMs ?? SHOWN_LIMIT_MS);
    const doctor = await stage.diagnostics();
    const said = {
      ...(await verdict(doctor, expected)),
      ...(await inside(doctor, expected, fault.insideLimitMs ?? SHOWN_LIMIT_MS)),
    };
    const unsaid = await fault.check?.(doctor, stage).catch((error) => [firstLine(error)]);
    const seen: Expected = { ...popup, ...said, spent: await stage.spent() };
    const problems = (Object.keys(seen) as (keyof Expected)[])
      .filter((key) => seen[key] !== expected[key])
      .map((key) => `${key}: ${seen[key]} instead of ${expected[key]}`);
    const errors = stage.ext.errors.filter((error) => !LOGGED_BY_BROWSER.test(error));
    return { seen, problems: [...problems, ...(unsaid ?? []), ...errors], ms: Date.now() - started };
  } catch (error) {
    return { seen: null, problems: [firstLine(error)], ms: Date.now() - started };
  } finally {
    await stage?.close();
  }
}

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split('\n')[0] ?? '';

/** What the popup says once it says what is expected, or else when the limit is reached. */
async function shown(
  page: Page,
  { status: code, cause, relay }: Expected,
  limitMs: number,
): Promise<Pick<Expected, 'status' | 'cause' | 'relay'>> {
  await page
    .waitForFunction(
      ([wanted, why, beside]) => {
        const { dataset } = document.documentElement;
        const row = document.querySelector<HTMLElement>('[data-testid=relay]');
        const isBeside = beside === undefined || row?.dataset.relay === beside;
        return dataset.status === wanted && (dataset.cause ?? null) === why && isBeside;
      },
      [code, cause, relay] as const,
      { timeout: limitMs },
    )
    .catch(() => {});
  if (relay === undefined) return status(page);
  const row = await page
    .getByTestId('relay')
    .getAttribute('data-relay')
    .catch(() => null);
  return { ...(await status(page)), relay: (row ?? 'relay-unchecked') as RelayCause };
}

async function verdict(
  doctor: Page,
  expected: Expected,
): Promise<Pick<Expected, 'diagnosis' | 'location' | 'remedy'>> {
  const wanted = `[data-diagnosis="${expected.diagnosis ?? ''}"][data-remedy="${expected.remedy ?? ''}"]`;
  // What a slow proxy says, and what helps, may come after the run.
  await doctor
    .locator(`[data-testid=verdict]${wanted}`)
    .waitFor({ timeout: LATE_LIMIT_MS })
    .catch(() => {});
  const said = await doctor
    .getByTestId('verdict')
    .evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  const word = (text: string | undefined): any => (text === undefined || text === '' ? null : text);
  return { diagnosis: word(said.diagnosis), location: word(said.location), remedy: word(said.remedy) };
}

/**
 * What a look inside the gateway finds, where that matters: what is expected, or else what it found when the limit was reached.
 * Consent is given where it is asked for.
 */
async function inside(
  doctor: Page,
  expected: Expected,
  limitMs: number,
): Promise<Pick<Expected, 'inside' | 'restart'>> {
  if (expected.inside === undefined) return {};
  const panel = doctor.getByTestId('inside');
  await doctor.locator('[data-testid=inside][data-state=done]').waitFor({ timeout: DOCTOR_LIMIT_MS });
  await panel.evaluate((details) => details.setAttribute('open', ''));
  const allow = doctor.getByTestId('inside-allow');
  if ((await allow.count()) > 0) {
    await allow.click();
    await doctor
      .locator('[data-testid=inside]:not([data-config=unasked])')
      .waitFor({ timeout: DOCTOR_LIMIT_MS });
  }
  const deadline = Date.now() + limitMs;
  let found = (await panel.getAttribute('data-found')) ?? '';
  while (found !== expected.inside && Date.now() < deadline) {
    const at = await panel.getAttribute('data-at');
    await doctor.getByTestId('run-again').click();
    await doctor
      .locator(`[data-testid=inside][data-state=done]:not([data-at="${at}"])`)
      .waitFor({ timeout: DOCTOR_LIMIT_MS });
    found = (await panel.getAttribute('data-found')) ?? '';
  }
  if (expected.restart === undefined) return { inside: found };
  const work = await panel.getByTestId('restart-safety').first().getAttribute('data-work');
  return { inside: found, restart: work || 'nothing' };
}

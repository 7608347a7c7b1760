/**
 * How long do Diagnostics take, and what does the look inside the gateway add? Each run in turn without and with consent to
 * read the configuration, from the click to the verdict, and from the verdict to the last row of the section.
 *
 *   npm run bench:doctor -- --runs 10 --gateway 2026.5.28
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { launchExtension } from '../../harness/browser/browser.ts';
import { pair, waitForStatus } from '../../harness/browser/popup-page.ts';
import { createGateway, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { ownDeviceId } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { median } from './stored-past.ts';

interface Times {
  /** Milliseconds from the click to the verdict: what it took before there was such a section. */
  readonly verdict: number;
  /** Milliseconds that the questions to the gateway took, one after the other. */
  readonly look: number;
}

/** Runs in the page: the moments are noted where they happen. */
function oneRun(): Promise<Times> {
  const root = document.documentElement;
  const panel = document.querySelector<HTMLElement>('[data-testid=inside]');
  const before = panel?.dataset.at;
  const startedAt = performance.now();
  return new Promise((done) => {
    let verdict = 0;
    const look = (): void => {
      if (verdict === 0 && root.dataset.run === 'done') verdict = performance.now() - startedAt;
      const isOver = verdict > 0 && panel?.dataset.state === 'done' && panel.dataset.at !== before;
      if (!isOver) return;
      observer.disconnect();
      done({ verdict, look: Number(panel?.dataset.took) });
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, subtree: true, childList: true });
    document.querySelector<HTMLElement>('[data-testid=run-again]')?.click();
  });
}

async function runs(doctor: Page, count: number): Promise<Times[]> {
  const all: Times[] = [];
  for (let index = 0; index < count; index += 1) all.push(await doctor.evaluate(oneRun));
  return all;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    gateway: { type: 'string', default: OPENCLAW_VERSION },
  },
});
const count = Number(values.runs);
const gateway = await createGateway({ version: values.gateway });
// Some versions cannot match an extension's origin.
await gateway.configure((config) => {
  config.gateway.controlUi = { allowedOrigins: ['*'] };
});
const ext = await launchExtension({ extensionPath: BUILD });
try {
  await gateway.start();
  await gateway.ready({ limitMs: 180_000 });
  const popup = await ext.openPopupInTab();
  await pair(popup, gateway.url, { secret: gateway.token });
  await waitForStatus(popup, 'approval');
  const device = await ownDeviceId(ext);
  await gateway.asOwner((owner) => owner.approve(device));
  await popup.reload();
  await waitForStatus(popup, ['healthy', 'healed']);
  const doctor = await ext.open('src/pages/doctor/index.html');
  const panel = doctor.getByTestId('inside');
  await doctor.locator('[data-testid=inside][data-state=done]').waitFor();
  const without = await runs(doctor, count);
  await panel.locator('summary').click();
  await doctor.getByTestId('inside-allow').click();
  await doctor.locator('[data-testid=inside]:not([data-config=unasked])').waitFor();
  const first = Number(await panel.getAttribute('data-took'));
  const withConfig = await runs(doctor, count);
  const told = (name: string, times: readonly Times[]): void => {
    const of = (key: keyof Times): string => {
      const all = times.map((each) => Math.round(each[key]));
      return `median ${median(all)} ms, worst ${Math.max(...all)} ms`;
    };
    console.log(`${name.padEnd(22)} to the verdict: ${of('verdict')}; the look after it: ${of('look')}`);
  };
  told('without configuration', without);
  told('with configuration', withConfig);
  console.log(`the first look at the configuration: ${first} ms (${values.gateway})`);
} finally {
  await ext.close();
  await gateway.remove();
}

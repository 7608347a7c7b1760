/** A user whose effort is counted: clicks on pages, a paste being one, and trips to a terminal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { ROOT } from '../process/build.ts';

export interface Effort {
  clicks: number;
  trips: number;
}

export class Person {
  readonly effort: Effort = { clicks: 0, trips: 0 };
  readonly #context: BrowserContext;

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  async click(target: Locator): Promise<void> {
    await target.click();
    this.effort.clicks += 1;
  }

  /** Goes to a terminal, runs what was copied there, and comes back with what it printed, copied. */
  async terminal(run: () => Promise<string>): Promise<string> {
    this.effort.trips += 1;
    return run();
  }

  /** Pastes a text that was copied elsewhere into what has the focus, by the keyboard, as a real paste. */
  async paste(page: Page, text: string): Promise<void> {
    const elsewhere = await this.#context.newPage();
    await elsewhere.setContent('<textarea></textarea>');
    const field = elsewhere.locator('textarea');
    await field.fill(text);
    await field.press('ControlOrMeta+a');
    await field.press('ControlOrMeta+c');
    await elsewhere.close();
    await this.pasteCopied(page);
  }

  /** Pastes what a click on a page has copied. */
  async pasteCopied(page: Page): Promise<void> {
    await page.bringToFront();
    await page.keyboard.press('ControlOrMeta+v');
    this.effort.clicks += 1;
  }
}

/** What docs/flows.md says of the flow that a test of this title shows. Throws if it says nothing. */
export function promised(title: string): Effort {
  const table = readFileSync(join(ROOT, 'docs/flows.md'), 'utf8');
  const row = table.split('\n').find((line) => line.includes(`“${title}”`));
  const [, , , clicks, trips] = row?.split('|').slice(1) ?? [];
  if (clicks === undefined || trips === undefined) throw new Error(`docs/flows.md lacks “${title}”`);
  return { clicks: Number.parseInt(clicks, 10), trips: Number.parseInt(trips, 10) };
}

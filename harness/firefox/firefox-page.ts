import type { PopupPage } from '../browser/popup-page.ts';
import { until } from '../process/wait.ts';
import type { BiDi } from './bidi.ts';

const LIMIT_MS = 60_000;

/** Where to click; `null` while there is nothing to be clicked. */
type Spot = { x: number; y: number } | null;

/** A page in a tab of Firefox, with the part of Playwright's interface that the tests of the popup need. */
export class FirefoxPage implements PopupPage {
  readonly #bidi: BiDi;
  readonly #context: string;
  #isClosed = false;

  private constructor(bidi: BiDi, context: string) {
    this.#bidi = bidi;
    this.#context = context;
  }

  /** Opens an address in a tab of its own and resolves when it is loaded. */
  static async open(bidi: BiDi, url: string): Promise<FirefoxPage> {
    const { context } = await bidi.send('browsingContext.create', { type: 'tab' });
    const page = new FirefoxPage(bidi, context);
    // Waited for by ourselves: of an add-on's page Firefox does not always say that it is loaded.
    await bidi.send('browsingContext.navigate', { context, url, wait: 'none' });
    await page.#loaded(url);
    return page;
  }

  #loaded(url: string): Promise<boolean> {
    return until(LIMIT_MS, `${url} to load`, () =>
      // While it navigates there may be no page to ask.
      this.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url).catch(
        () => false,
      ),
    );
  }

  evaluate<Result, Argument = null>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.#bidi.call(this.#context, run, argument as Argument);
  }

  waitForFunction<Argument>(
    run: (argument: Argument) => unknown,
    argument: Argument,
    { timeout = LIMIT_MS } = {},
  ): Promise<unknown> {
    return until(timeout, 'the page', () => this.evaluate(run, argument), 100);
  }

  isClosed(): boolean {
    return this.#isClosed;
  }

  locator(selector: string) {
    const present = () => this.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector);
    return {
      click: () => this.#click(selector),
      innerText: async (): Promise<string> => {
        await present();
        return this.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)!.innerText, selector);
      },
      fill: async (text: string): Promise<void> => {
        await present();
        await this.evaluate(
          ([wanted, typed]) => {
            document.querySelector<HTMLInputElement>(wanted)!.select();
            // As if typed: the page's own code sees no difference.
            document.execCommand('insertText', false, typed);
          },
          [selector, text] as const,
        );
      },
    };
  }

  getByTestId(id: string) {
    return this.locator(`[data-testid="${id}"]`);
  }

  /** A click of the mouse, which the browser trusts, on something that has come to rest. */
  async #click(selector: string): Promise<void> {
    let last = '';
    const { x, y } = await until(
      LIMIT_MS,
      `something to click at ${selector}`,
      async () => {
        const spot = await this.#spotOf(selector);
        const isAtRest = JSON.stringify(spot) === last;
        last = JSON.stringify(spot);
        return isAtRest && spot;
      },
      50,
    );
    await this.#bidi.send('browsingContext.activate', { context: this.#context });
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#bidi.send('input.performActions', {
      context: this.#context,
      actions: [{ type: 'pointer', id: 'mouse', actions }],
    });
  }

  #spotOf(selector: string): Promise<Spot> {
    return this.evaluate((wanted): Spot => {
      const element = document.querySelector(wanted);
      if (!element || element.matches(':disabled')) return null;
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
      return element.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
    }, selector);
  }

  /** A PNG of what can be seen. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.#bidi.send('browsingContext.captureScreenshot', { context: this.#context });
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#bidi.send('browsingContext.close', { context: this.#context });
  }
}

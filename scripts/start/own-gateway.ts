import { launchExtension } from '../../harness/browser/browser.ts';
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { BUILD } from '../../harness/process/build.ts';
import type { Ending } from '../../harness/process/ending.ts';
import { howToLoad, inWords, isConnected, seconds, Timeline } from './words.ts';

/** The gateway's address as its clients use it; throws a sentence if it is none. */
function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^(ws|http)s?:$/.test(url.protocol))
    throw new Error(`--gateway needs an address such as ws://127.0.0.1:18789, not "${text}".`);
  url.protocol = url.protocol.replace('http', 'ws');
  // A secret has no business in an address that is printed.
  url.hash = '';
  url.search = '';
  url.username = '';
  url.password = '';
  return url;
}

/** Opens a browser for the user to pair with a gateway of theirs, and tells what happens until it is closed. */
export async function showWithOwnGateway(ending: Ending, gateway: string, headless: boolean): Promise<void> {
  const url = addressOf(gateway);
  const address = url.href.replace(/\/$/, '');
  if (headless)
    throw new Error(
      'With --gateway you paste a pairing link into the popup and approve the request yourself. That needs ' +
        `a display, and there is none here.\nWithout --gateway this shows the same with a gateway of its own.` +
        `\n\n${howToLoad(address)}`,
    );
  const ext = await launchExtension({ extensionPath: BUILD, headless, reachableHosts: [url.hostname] });
  ending.close(() => ext.close());
  const page = await ext.openPopupInTab();
  console.log(`A browser with the extension is open. To pair it with ${address}:
  1. On the gateway's computer run:  openclaw qr --setup-code-only --url ${address}
  2. Paste what it prints into the popup's page and press the button below.
  3. Run the command that the popup then shows.
Afterwards restart your gateway, if you like, and see how it comes back.
Close the browser or press Ctrl-C to end. "openclaw devices list" on the gateway's computer shows the
paired browser, "openclaw devices remove" forgets it.
`);
  ending.interruptCode = 0;
  const timeline = new Timeline();
  let lostAt: number | null = null;
  const recorder = await StatusRecorder.start(page);
  recorder.listen(({ at, status, cause }) => {
    const back = isConnected(status) && lostAt !== null ? `, ${seconds(at - lostAt)} after the loss` : '';
    timeline.note(`${inWords(status, cause)}${back}`, at);
    if (isConnected(status)) lostAt = null;
    else if (status === 'reconnecting' || status === 'starting' || status === 'down') lostAt ??= at;
  });
  await ext.closed;
}

/** The person in front of the browser: waits for what the model predicts, and does what only a person can. */
import { pair, runRemedy, status } from '../../harness/browser/popup-page.ts';
import { type Chance, pick } from '../fuzz/chance.ts';
import { turn } from './deeds.ts';
import { type Outcome, outcomes, type Part } from './prediction.ts';
import type { Rig } from './rig.ts';
import { change } from './situation.ts';

/** A boot and its side cars, a browser that holds back handshakes, a machine that does other things, too. */
const LIMIT_MS = 150_000;
/** Where chance decides what is shown, what was shown before may go on for as long: a retrial comes 10 s after a refusal. */
const LASTS_MS = 15_000;
const LOOK_EVERY_MS = 40;

const named = ({
  status: shown,
  cause,
}: {
  status: string | readonly string[];
  cause: string | null;
}): string =>
  [typeof shown === 'string' ? shown : shown.join('|'), ...(cause === null ? [] : [cause])].join(':');

/** Waits until the popup shows what the model allows, and takes the situation as it then is. */
export async function reach(rig: Rig, limitMs = LIMIT_MS): Promise<Outcome> {
  const deadline = Date.now() + limitMs;
  let since = Date.now();
  let before = '';
  for (;;) {
    const possible = outcomes(rig.situations, Date.now());
    const shown = await status(rig.page);
    if (named(shown) !== before) since = Date.now();
    before = named(shown);
    const hasLasted = new Set(possible.map(named)).size === 1 || Date.now() - since > LASTS_MS;
    const seen = possible.find((each) => each.status.includes(shown.status) && each.cause === shown.cause);
    // A page shows what a worker said that is gone by now; only the wire knows that there is a connection.
    const isTrue = seen?.cause !== null || seen?.user !== null || rig.lane.isConnected;
    if (seen && isTrue && hasLasted) {
      rig.situations = seen.situations;
      return seen;
    }
    if (Date.now() > deadline) {
      const wire = rig.lane.isConnected ? 'connected' : 'not connected';
      throw new Error(
        `after ${limitMs / 1000} s it shows ${named(shown)} (${wire}) instead of ${possible.map(named).join(' or ')}`,
      );
    }
    await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
  }
}

async function paste(rig: Rig, dice: Chance): Promise<string> {
  const { page, gateway, lane, situation, canaries } = rig;
  if (pick(dice, ['secret', 'setup code']) === 'secret') {
    await pair(page, situation.gateway.secret);
    turn(rig, change.pastedSecret);
    return 'pasted the secret';
  }
  // Not every card that takes a credential says how to make a setup code.
  const commands = await page.getByTestId('remedy-command').allInnerTexts();
  const command = commands.map((each) => each.trim()).find((each) => each.startsWith('openclaw qr '));
  const printed = await (command
    ? gateway.shell(command)
    : gateway.cli('qr', '--setup-code-only', '--url', lane.url));
  const code = printed.trim().split('\n').at(-1) ?? '';
  canaries.add(code);
  canaries.add(JSON.parse(Buffer.from(code, 'base64url').toString()).bootstrapToken);
  await pair(page, code);
  turn(rig, change.pastedSetupCode);
  return `pasted a setup code${command ? ' by the card’s command' : ''}`;
}

export async function act(rig: Rig, part: Part, dice: Chance): Promise<string> {
  switch (part) {
    case 'approve': {
      const command = await runRemedy(rig.page, rig.gateway);
      turn(rig, change.approved);
      return command;
    }
    case 'paste':
      return paste(rig, dice);
    case 'try-again':
      await rig.page.getByRole('button', { name: 'Try again' }).click();
      turn(rig, change.triedAgain);
      return 'pressed "Try again"';
    default:
      return part satisfies never;
  }
}

/** Follows the cards until all is well. */
export async function settle(rig: Rig, dice: Chance, note: (step: string) => void): Promise<void> {
  for (;;) {
    const outcome = await reach(rig);
    note(named(outcome));
    if (outcome.user === null) return;
    note(`the user ${await act(rig, outcome.user, dice)}`);
  }
}

/** The person in front of the browser: waits for what the model predicts, and does what only a person can. */
import { pair, runRemedy, status } from '../../scripts/lib/popup-page.ts';
import { type Chance, pick } from '../fuzz/chance.ts';
import { change, type Outcome, outcomes, type Part } from './model.ts';
import type { Stage } from './stage.ts';

/** A boot and its side cars, a browser that holds back handshakes, a machine that does other things, too. */
const LIMIT_MS = 150_000;
const LOOK_EVERY_MS = 40;

const named = ({
  status: shown,
  cause,
}: {
  status: string | readonly string[];
  cause: string | null;
}): string =>
  [typeof shown === 'string' ? shown : shown.join('|'), ...(cause === null ? [] : [cause])].join(':');

/** Waits until the popup shows what the model allows, and takes the world as it then is. */
export async function reach(stage: Stage, limitMs = LIMIT_MS): Promise<Outcome> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const possible = outcomes(stage.world, Date.now());
    const shown = await status(stage.page);
    const seen = possible.find((each) => each.status.includes(shown.status) && each.cause === shown.cause);
    // A page shows what a worker said that is gone by now; only the wire knows that there is a connection.
    const isTrue = seen?.cause !== null || seen?.user !== null || stage.lane.isConnected;
    if (seen && isTrue) {
      stage.world = seen.world;
      return seen;
    }
    if (Date.now() > deadline) {
      const wire = stage.lane.isConnected ? 'connected' : 'not connected';
      throw new Error(
        `after ${limitMs / 1000} s it shows ${named(shown)} (${wire}) instead of ${possible.map(named).join(' or ')}`,
      );
    }
    await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
  }
}

async function paste(stage: Stage, dice: Chance): Promise<string> {
  const { page, gateway, lane, world, canaries } = stage;
  if (pick(dice, ['secret', 'setup code']) === 'secret') {
    await pair(page, world.gateway.secret);
    stage.world = change.pastedSecret(world);
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
  stage.world = change.pastedSetupCode(world);
  return `pasted a setup code${command ? ' by the card’s command' : ''}`;
}

export async function act(stage: Stage, part: Part, dice: Chance): Promise<string> {
  switch (part) {
    case 'approve': {
      const command = await runRemedy(stage.page, stage.gateway);
      stage.world = change.approved(stage.world);
      return command;
    }
    case 'paste':
      return paste(stage, dice);
    case 'try-again':
      await stage.page.getByRole('button', { name: 'Try again' }).click();
      stage.world = change.triedAgain(stage.world);
      return 'pressed "Try again"';
    default:
      return part satisfies never;
  }
}

/** Follows the cards until all is well. */
export async function settle(stage: Stage, dice: Chance, note: (step: string) => void): Promise<void> {
  for (;;) {
    const outcome = await reach(stage);
    note(named(outcome));
    if (outcome.user === null) return;
    note(`the user ${await act(stage, outcome.user, dice)}`);
  }
}

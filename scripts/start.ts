/** The part of `npm start` that runs once everything is installed and built: see start.mjs. */
import { parseArgs } from 'node:util';
import { Ending } from '../harness/process/ending.ts';
import { showWithOwnGateway } from './start/own-gateway.ts';
import { showWithThrowawayGateway } from './start/throwaway.ts';

const HELP = `npm start                         the whole job with a gateway of its own, which it removes again
npm start -- --gateway <address>  pair with a gateway of yours instead, e.g. ws://127.0.0.1:18789
npm start -- --headless           show no browser, even if there is a display`;

/** Whether a window can be shown here. */
function hasDisplay(): boolean {
  if (process.platform === 'linux') return !!(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return true;
}

function readArguments(): { gateway?: string; headless: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      gateway: { type: 'string' },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, headless: values.headless || !hasDisplay() };
}

await new Ending().run(async (ending) => {
  const { gateway, headless, help } = readArguments();
  if (help) console.log(HELP);
  else if (gateway !== undefined) await showWithOwnGateway(ending, gateway, headless);
  else await showWithThrowawayGateway(ending, headless);
});

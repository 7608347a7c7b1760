/** `npm run model [-- events [seed]]`: random stories over the connection's one decision function. */
import { playStories } from './stories.ts';

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`${name} is a whole number, not ${text}. Usage: npm run model -- [events [seed]]`);
  process.exit(1);
}

const [events = '1000000', seed] = process.argv.slice(2);
const began = performance.now();
const played = playStories(
  wholeNumber('The number of events', events),
  seed === undefined ? undefined : wholeNumber('The seed', seed),
);
const seconds = (performance.now() - began) / 1000;
console.log(
  `model: ${played.events.toLocaleString('en')} events in ${played.stories.toLocaleString('en')} stories, no rule broken (seed ${played.seed}, ${seconds.toFixed(1)} s)`,
);

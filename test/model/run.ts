/** `npm run model [-- events [seed]]`: random stories over the connection's one decision function. */
import { playStories } from './stories.ts';

const [events = '1000000', seed] = process.argv.slice(2);
const began = performance.now();
const played = playStories(Number(events), seed === undefined ? undefined : Number(seed));
const seconds = (performance.now() - began) / 1000;
console.log(
  `model: ${played.events.toLocaleString('en')} events in ${played.stories.toLocaleString('en')} stories, no rule broken (seed ${played.seed}, ${seconds.toFixed(1)} s)`,
);

/** `npm run fuzz [-- cases [seed [target]]]`: hostile frames, pastes, words, stored values and messages. */
import { fuzz } from './fuzz.ts';

const [cases = '1000000', seed, only] = process.argv.slice(2);
const result = fuzz(
  Number(cases),
  seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(seed),
  only,
);
console.log(
  `fuzz: ${result.cases.toLocaleString('en')} cases, no throw, slowest ${result.slowestMs.toFixed(0)} ms, ` +
    `heap ${result.heapMb.toFixed(0)} MB (seed ${result.seed}, ${result.seconds.toFixed(1)} s)`,
);

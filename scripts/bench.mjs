/** `npm run bench:<name>`: one of the measurements in test/bench, on a fresh clone as well. */
import { runBuilt } from './lib/run-built.mjs';

const [name, ...args] = process.argv.slice(2);
await runBuilt(`test/bench/${name}.ts`, args);

/** Sets up, builds, and runs one script of this project: what `npm run bench:…`, `test:matrix` and the like call. */
import { runBuilt } from './lib/run-built.mjs';

const [script, ...args] = process.argv.slice(2);
await runBuilt(script, args);

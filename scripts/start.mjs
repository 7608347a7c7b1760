/** `npm start`: shows the extension at work on a fresh clone. Arguments: `npm start -- --help`. */
import { runBuilt } from './lib/run-built.mjs';

await runBuilt('scripts/start.ts', process.argv.slice(2));

/**
 * Loaded into a gateway with `NODE_OPTIONS=--import …`, so that its clock is wrong by `CLOCK_SHIFT_MS`, as on a computer
 * whose clock is. Only the wall clock: timers run as ever.
 */
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';

const { CLOCK_SHIFT_MS, NODE_OPTIONS } = process.env;
const RealDate = globalThis.Date;
const now = () => RealDate.now() + Number(CLOCK_SHIFT_MS ?? 0);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

// A worker that is given an environment of its own would live in another time than its gateway.
threads.Worker = class extends threads.Worker {
  constructor(file, options = {}) {
    const { env } = options;
    const isOwn = typeof env === 'object' && env !== null;
    super(file, isOwn ? { ...options, env: { ...env, CLOCK_SHIFT_MS, NODE_OPTIONS } } : options);
  }
};
syncBuiltinESMExports();

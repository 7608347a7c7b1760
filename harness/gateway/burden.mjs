/** Loaded into a gateway's process: takes its time or its memory, once it has started. */
const STARTED_AFTER_MS = 15_000;

// The command line that starts the gateway is a process of its own, with nothing to carry.
if (process.argv.includes('gateway')) {
  setTimeout(() => {
    if (process.env.BURDEN === 'memory') {
      globalThis.burden = Array.from({ length: 26 }, () => Buffer.alloc(100_000_000, 1));
    } else {
      // Between two blocks it answers: one that never does has another name.
      setInterval(() => {
        const until = Date.now() + 1_200;
        while (Date.now() < until);
      }, 1_800).unref();
    }
  }, STARTED_AFTER_MS).unref();
}

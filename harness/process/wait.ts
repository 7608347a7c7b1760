/** Waiting with a limit. Nothing in scripts and tests waits without one. */

/** The promise's value, or a clear rejection if it has none after `limitMs`. */
export async function within<T>(limitMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what} took longer than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks `check` every `everyMs` until it returns something truthy, which is the result. */
export async function until<T>(
  limitMs: number,
  what: string,
  check: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  everyMs = 25,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
    await new Promise((next) => setTimeout(next, everyMs));
  }
}

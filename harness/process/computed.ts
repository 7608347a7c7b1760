/** Milliseconds that this thread has computed so far. A busy machine takes longer for the same, and computes no more. */
export function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

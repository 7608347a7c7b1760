/** Does anything listen at a gateway's address? */
import { TRACELESS } from './traceless.ts';

/**
 * One request without credentials whose answer nobody reads. `no-cors` needs no host permission: it resolves
 * if anything speaks HTTP there, with whatever status, and rejects if nothing does. It proves no more.
 *
 * @param origin the HTTP origin of the gateway
 * @param timeoutMs after this long without an answer the port counts as silent
 */
export async function knockAt(
  origin: string,
  timeoutMs: number,
): Promise<'answered' | 'refused' | 'timeout'> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    await fetch(origin, {
      ...TRACELESS,
      mode: 'no-cors',
      signal,
    });
    return 'answered';
  } catch {
    return signal.aborted ? 'timeout' : 'refused';
  }
}

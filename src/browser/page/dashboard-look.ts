/** Whether a gateway has a page of its own: as far as the user has allowed reading its host. */
import { dashboardOf } from '../../words/shown-address.ts';
import { hasHostAccess } from '../permissions.ts';
import { TRACELESS } from '../traceless.ts';

/** Milliseconds. A page of a few kilobytes. */
const LIMIT_MS = 4_000;

/**
 * `absent`: the gateway said so, because its page is switched off, is not installed, or lies below a path that this
 * address does not have. Of a login in front, of silence, and of a host that may not be read, nothing follows. Never throws.
 */
export async function lookForDashboard(address: string): Promise<'present' | 'absent' | 'unknown'> {
  const url = dashboardOf(address);
  if (url === null || !(await hasHostAccess(address))) return 'unknown';
  try {
    const { type, status, headers, body } = await fetch(url, {
      ...TRACELESS,
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    void body?.cancel().catch(() => {});
    if (status === 404 || (status === 503 && !isPage(headers))) return 'absent';
    return type !== 'opaqueredirect' && status === 200 && isPage(headers) ? 'present' : 'unknown';
  } catch {
    return 'unknown';
  }
}

const isPage = (headers: Headers): boolean => (headers.get('content-type') ?? '').startsWith('text/html');

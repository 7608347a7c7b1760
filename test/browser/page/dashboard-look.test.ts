import { afterEach, describe, expect, it, vi } from 'vitest';

let isAllowed = true;
vi.mock('../../../src/browser/permissions.ts', () => ({ hasHostAccess: async () => isAllowed }));
vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const { lookForDashboard } = await import('../../../src/browser/page/dashboard-look.ts');

const answering = (status: number, contentType: string, type = 'basic') => {
  const response = { status, type, headers: new Headers({ 'content-type': contentType }), body: null };
  const fetched = vi.fn(async (_url: string, _options: RequestInit) => response);
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

afterEach(() => {
  isAllowed = true;
  vi.unstubAllGlobals();
});

describe('a gateway’s own page', () => {
  it.each([
    // As 2026.2.21 to 9.6 answer, with their page, below another path and with the page switched off.
    [200, 'text/html; charset=utf-8', 'present'],
    [404, 'text/plain; charset=utf-8', 'absent'],
    [503, 'text/plain; charset=utf-8', 'absent'],
    // A login in front, an error of a proxy's, another program.
    [401, 'text/html', 'unknown'],
    [502, 'text/html', 'unknown'],
    [503, 'text/html', 'unknown'],
    [200, 'application/json', 'unknown'],
  ] as const)('%i %s: %s', async (status, contentType, found) => {
    const fetched = answering(status, contentType);
    expect(await lookForDashboard('wss://gw.example/claw')).toBe(found);
    expect(fetched).toHaveBeenCalledOnce();
    expect(fetched).toHaveBeenCalledWith(
      'https://gw.example/claw/nodes',
      expect.objectContaining({ credentials: 'omit', redirect: 'manual' }),
    );
  });

  it('behind a redirect, silent, or not to be read: nothing follows', async () => {
    answering(0, '', 'opaqueredirect');
    expect(await lookForDashboard('ws://127.0.0.1:18789')).toBe('unknown');
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await lookForDashboard('ws://127.0.0.1:18789')).toBe('unknown');
    isAllowed = false;
    const fetched = answering(404, 'text/plain');
    expect(await lookForDashboard('ws://127.0.0.1:18789')).toBe('unknown');
    expect(fetched).not.toHaveBeenCalled();
  });
});

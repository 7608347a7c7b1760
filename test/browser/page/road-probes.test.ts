import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const ORIGIN = 'chrome-extension://ours';

/** An event of the browser's `webRequest`, as far as it is used. */
const fakeEvent = () => {
  const listeners = new Set<(details: object) => void>();
  return {
    listeners,
    addListener: (listener: (details: object) => void) => void listeners.add(listener),
    removeListener: (listener: (details: object) => void) => void listeners.delete(listener),
    tell: (details: object) => {
      for (const listener of listeners) listener(details);
    },
  };
};

const { requests, may } = vi.hoisted(() => ({
  requests: {} as Record<string, any>,
  may: { answers: true, errors: true },
}));
vi.mock('../../../src/browser/api.ts', () => ({ default: { webRequest: requests } }));
vi.mock('../../../src/browser/permissions.ts', () => ({
  hasHostAccess: async () => may.answers,
  mayMonitorRequests: async () => may.errors,
}));
vi.mock('../../../src/browser/page/port-probe.ts', () => ({ firstFrame: async () => 'challenge' }));

const { roadEvidence } = await import('../../../src/browser/page/road-probes.ts');

/** What each URL comes to: nothing, a status, or a redirect that a request is not to follow. */
let answers: Record<string, number | 'redirect'>;
let asked: string[];
/** What the browser says of a request, after its answer has come. */
let said: (url: string) => void;

beforeEach(() => {
  requests.onErrorOccurred = fakeEvent();
  requests.onBeforeRedirect = fakeEvent();
  requests.onCompleted = fakeEvent();
  may.answers = true;
  may.errors = true;
  answers = {};
  asked = [];
  said = () => {};
  vi.stubGlobal('location', { origin: ORIGIN });
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    setTimeout(() => said(url), 1);
    const answer = answers[url];
    if (answer === undefined) throw new TypeError('Failed to fetch');
    if (answer === 'redirect')
      return { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    return new Response(null, { status: answer });
  });
});
afterEach(() => vi.unstubAllGlobals());

const look = (address: string) =>
  roadEvidence({ address, reach: 'private' }, 1_000, Promise.resolve({ socket: 'refused', health: null }));

const redirects = (to: string, statusLine = 'HTTP/1.1 302 Found', initiator = ORIGIN) => {
  const statusCode = Number(statusLine.split(' ')[1] ?? 0);
  said = (url) => requests.onBeforeRedirect.tell({ url, redirectUrl: to, statusCode, statusLine, initiator });
};

describe('where an address leads', () => {
  it.each([
    ['http://login.example/', 'elsewhere'],
    ['http://box.lan:8080/claw/', 'slash'],
    ['https://box.lan:8080/claw', 'encrypted'],
    ['https://box.lan/claw', 'encrypted'],
  ] as const)('%s: %s, told a moment after the answer', async (to, leads) => {
    answers['http://box.lan:8080/claw'] = 'redirect';
    redirects(to);
    expect((await look('ws://box.lan:8080/claw')).page?.leads).toBe(leads);
  });

  it('is not known where the browser may not say, or says it of somebody else’s request', async () => {
    answers['http://box.lan:8080/'] = 'redirect';
    redirects('http://login.example/', 'HTTP/1.1 302 Found', 'https://page.example');
    expect((await look('ws://box.lan:8080')).page?.leads).toBe('unseen');
    may.errors = false;
    redirects('http://login.example/');
    expect((await look('ws://box.lan:8080')).page?.leads).toBe('unseen');
  });
});

describe('the other scheme', () => {
  it.each([
    ['ws://box.lan:80', 'http://box.lan/', 'https://box.lan/'],
    ['ws://box.lan:18789', 'http://box.lan:18789/', 'https://box.lan:18789/'],
    ['wss://box.lan', 'https://box.lan/', 'http://box.lan:443/'],
    ['wss://box.lan:8443', 'https://box.lan:8443/', 'http://box.lan:8443/'],
  ])('of %s is asked where the first was not answered', async (address, own, other) => {
    answers[other] = 400;
    const seen = await look(address);
    expect(asked).toEqual([own, other]);
    expect(seen.other?.found).toBe('answered');
    expect(seen.otherSocket).toBe('challenge');
  });

  it('is not asked where the first says enough', async () => {
    answers['http://box.lan:18789/'] = 200;
    expect(await look('ws://box.lan:18789')).toMatchObject({ other: null, otherSocket: null });
    expect(asked).toHaveLength(1);
  });
});

describe('a browser that encrypts by itself', () => {
  it('is told from a server that redirects with the same status', async () => {
    answers['http://box.lan:8080/'] = 'redirect';
    redirects('https://box.lan:8080/', 'HTTP/1.1 307 Temporary Redirect');
    expect((await look('ws://box.lan:8080')).isUpgraded).toBe(false);
    redirects('https://box.lan:8080/', 'HTTP/1.1 307 Internal Redirect');
    expect((await look('ws://box.lan:8080')).isUpgraded).toBe(true);
  });
});

describe('Firefox in HTTPS-Only mode', () => {
  it('has no answer to show for it, and the failure is that of the other address', async () => {
    said = (url) => {
      if (!url.startsWith('http:')) return;
      const turned = url.replace('http:', 'https:');
      const originUrl = `${ORIGIN}/page.html`;
      const redirect = { url, redirectUrl: turned, statusCode: 0, statusLine: '', originUrl };
      requests.onBeforeRedirect.tell(redirect);
      requests.onErrorOccurred.tell({ url: turned, error: 'NS_ERROR_UNKNOWN_HOST', originUrl });
    };
    const { isUpgraded, own } = await look('ws://box.lan:18789');
    expect(isUpgraded).toBe(true);
    expect(own).toEqual({ found: 'refused', error: 'NS_ERROR_UNKNOWN_HOST' });
  });
});

describe('the browser’s own names of errors', () => {
  it('come a moment later, and of our own requests alone', async () => {
    said = (url) => {
      requests.onErrorOccurred.tell({ url, error: 'net::ERR_FAILED', initiator: 'https://page.example' });
      requests.onErrorOccurred.tell({ url, error: 'net::ERR_CERT_DATE_INVALID', initiator: ORIGIN });
    };
    expect((await look('wss://box.lan')).own).toEqual({
      found: 'refused',
      error: 'net::ERR_CERT_DATE_INVALID',
    });
  });

  it('are listened to while we look, and no longer', async () => {
    await look('ws://box.lan:18789');
    expect(requests.onErrorOccurred.listeners.size + requests.onBeforeRedirect.listeners.size).toBe(0);
  });
});

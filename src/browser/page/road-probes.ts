/**
 * Looks at the way to a gateway: who answers at its address before anything is said there. Without credentials, without
 * following where it leads, and only while the user waits for it.
 */
import type { Knock, Page, Product, RoadEvidence } from '../../road/evidence.ts';
import { nameOfError } from '../../road/net-errors.ts';
import browser from '../api.ts';
import { knockAt } from '../knock.ts';
import { hasHostAccess, mayMonitorRequests } from '../permissions.ts';
import { TRACELESS } from '../traceless.ts';
import { firstFrame } from './port-probe.ts';

/** Characters. The Control UI's page has 8,000 in every version; a login page says what it is as early. */
const LONGEST_PAGE = 60_000;

/** Milliseconds. How much later than the failure the browser may say why. */
const LATE_MS = 250;
const STEP_MS = 10;

interface Answered extends Details {
  readonly statusCode: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value?: string }[];
}

interface Redirect extends Details {
  readonly redirectUrl: string;
  readonly statusCode: number;
  readonly statusLine: string;
}

/**
 * The browser redirects by itself, as by HSTS or in HTTPS-Only mode. Chromium makes up an answer for that, with a status that
 * servers have too; in Firefox there is none.
 */
const isOwnRedirect = ({ statusCode, statusLine }: Redirect): boolean =>
  statusCode === 0 || /\binternal redirect\b/i.test(statusLine);

interface Details {
  readonly url: string;
  readonly initiator?: string;
  readonly originUrl?: string;
}

/** What the browser says of our own requests to one address, while it is listened to. */
interface Errors {
  readonly isSeen: boolean;
  /** The network error of a request that failed; `null`: none was seen. */
  of(url: string): Promise<string | null>;
  /** Where one was led that is known to have been; `null`: it was not seen. */
  leadsTo(url: string): Promise<string | null>;
  /** Where the browser itself led it, before it asked. */
  turnedTo(url: string): string | null;
  end(): void;
}

const BLIND: Errors = {
  isSeen: false,
  of: async () => null,
  leadsTo: async () => null,
  turnedTo: () => null,
  end: () => {},
};

/** What is looked up; it may come a moment after what it tells of. */
async function soon<T>(lookUp: () => T | undefined): Promise<T | null> {
  for (let waited = 0; lookUp() === undefined && waited < LATE_MS; waited += STEP_MS)
    await new Promise((done) => setTimeout(done, STEP_MS));
  return lookUp() ?? null;
}

/** Listens to our own requests to this host and to nothing else. Never throws. */
async function listen(host: string): Promise<Errors> {
  const requests = (await mayMonitorRequests()) ? browser.webRequest : undefined;
  if (requests === undefined) return BLIND;
  const errors = new Map<string, string>();
  const redirects = new Map<string, { url: string; isOwn: boolean }>();
  const filter = { urls: [`http://${host}/*`, `https://${host}/*`] };
  // Chromium names who asked by its origin, Firefox by its page.
  const isOurs = ({ initiator, originUrl }: Details): boolean =>
    [initiator, originUrl].some(
      (asker) => asker === location.origin || asker?.startsWith(`${location.origin}/`),
    );
  const onError = (details: Details & { error: string }): void => {
    if (isOurs(details)) errors.set(details.url, nameOfError(details.error));
  };
  const onRedirect = (details: Redirect): void => {
    if (!isOurs(details)) return;
    redirects.set(details.url, { url: details.redirectUrl, isOwn: isOwnRedirect(details) });
  };
  // A redirect that is not followed is an answer to Firefox.
  const onCompleted = (details: Answered): void => {
    const to = details.responseHeaders?.find(({ name }) => name.toLowerCase() === 'location')?.value;
    if (!isOurs(details) || details.statusCode < 300 || details.statusCode > 399) return;
    if (to === undefined || !URL.canParse(to, details.url)) return;
    redirects.set(details.url, { url: new URL(to, details.url).href, isOwn: false });
  };
  const turnedTo = (url: string): string | null => {
    const led = redirects.get(url);
    return led?.isOwn === true ? led.url : null;
  };
  try {
    requests.onErrorOccurred.addListener(onError, filter);
    requests.onBeforeRedirect.addListener(onRedirect, filter);
    requests.onCompleted.addListener(onCompleted, filter, ['responseHeaders']);
  } catch {
    return BLIND;
  }
  return {
    isSeen: true,
    // Where the browser turned it, that is what failed.
    of: (url) => soon(() => errors.get(turnedTo(url) ?? url)),
    leadsTo: (url) => soon(() => redirects.get(url)?.url),
    turnedTo,
    end() {
      requests.onErrorOccurred.removeListener(onError);
      requests.onBeforeRedirect.removeListener(onRedirect);
      requests.onCompleted.removeListener(onCompleted);
    },
  };
}

/** As servers name themselves. HAProxy and Traefik do not. */
const PRODUCTS: readonly (readonly [RegExp, Product])[] = [
  [/nginx|openresty/i, 'nginx'],
  [/caddy/i, 'caddy'],
  [/apache/i, 'apache'],
  [/cloudflare/i, 'cloudflare'],
  [/envoy/i, 'envoy'],
];

const productOf = (headers: Headers): Product | null => {
  const named = `${headers.get('server') ?? ''} ${headers.get('via') ?? ''}`.slice(0, 200);
  return PRODUCTS.find(([name]) => name.test(named))?.[1] ?? null;
};

/** The first characters of a body. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < LONGEST_PAGE) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  void reader.cancel().catch(() => {});
  return text.slice(0, LONGEST_PAGE);
}

function isUnattributed(text: string): boolean {
  try {
    const { error } = JSON.parse(text) as { error?: { type?: unknown } };
    return error?.type === 'proxy_attribution_required';
  } catch {
    return false;
  }
}

/** Whether a path is the other one with a slash at its end. */
const isSlashed = (from: string, to: string): boolean => {
  const [one, other] = [new URL(from), new URL(to)];
  return one.host === other.host && `${one.pathname}/` === other.pathname;
};

function leadOf(from: string, to: string | null): Page['leads'] {
  if (to === null || !URL.canParse(to)) return 'unseen';
  if (isSlashed(from, to)) return 'slash';
  const [one, other] = [new URL(from), new URL(to)];
  return one.protocol === 'http:' && other.protocol === 'https:' && one.hostname === other.hostname
    ? 'encrypted'
    : 'elsewhere';
}

/** Reads what stands at a URL; `null` where nothing answers. */
async function read(url: string, timeoutMs: number, errors: Errors): Promise<Page | 'timeout' | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...TRACELESS,
      redirect: 'manual',
      signal,
    });
    const contentType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
    const isText = contentType === 'application/json' || contentType === 'text/html';
    const text = isText ? await beginningOf(response) : '';
    const title = /<title[^>]*>([^<]{0,200})/i.exec(text)?.[1] ?? '';
    return {
      status: response.status,
      contentType,
      product: productOf(response.headers),
      isBasic: response.status === 401 && /^\s*basic\b/i.test(response.headers.get('www-authenticate') ?? ''),
      leads: response.type === 'opaqueredirect' ? leadOf(url, await errors.leadsTo(url)) : null,
      isUnattributed: response.status === 403 && isUnattributed(text),
      isControlUi: response.status === 200 && (/<openclaw-app/i.test(text) || /^\s*OpenClaw/i.test(title)),
      isLogin:
        /<input[^>]{0,300}type=["']?password/i.test(text) || /\b(?:log ?in|sign ?in|sso)\b/i.test(title),
    };
  } catch {
    return signal.aborted ? 'timeout' : null;
  }
}

/** The same port with the other scheme. Plain addresses without a port have their encrypted ones at that scheme's own. */
function otherScheme(url: URL): URL {
  const isEncrypted = url.protocol === 'https:';
  const turned = new URL(url.href);
  turned.protocol = isEncrypted ? 'http:' : 'https:';
  turned.port = url.port || (isEncrypted ? '443' : '');
  return turned;
}

/** What the doctor saw of the same address by other means. */
export interface SeenBeside {
  readonly socket: RoadEvidence['socket'];
  readonly health: RoadEvidence['health'];
}

/**
 * Makes the looks: one request to the address, one to the other scheme where the first was not answered or was rebuffed,
 * and one WebSocket where the other scheme answers. Never throws.
 *
 * @param timeoutMs for each of them
 * @param beside what the doctor's own looks find meanwhile
 */
export async function roadEvidence(
  { address, reach }: Pick<RoadEvidence, 'address' | 'reach'>,
  timeoutMs: number,
  beside: Promise<SeenBeside>,
): Promise<RoadEvidence> {
  const url = new URL(address.replace(/^ws/, 'http'));
  const turned = otherScheme(url);
  const [isAllowed, errors] = await Promise.all([hasHostAccess(address), listen(url.hostname)]);
  try {
    let page: Page | null = null;
    let own: Knock;
    if (isAllowed) {
      const found = await read(url.href, timeoutMs, errors);
      page = found === 'timeout' ? null : found;
      const outcome = found === 'timeout' ? 'timeout' : found === null ? 'refused' : 'answered';
      own = { found: outcome, error: outcome === 'answered' ? null : await errors.of(url.href) };
    } else {
      const found = await knockAt(url.href, timeoutMs);
      own = { found, error: found === 'answered' ? null : await errors.of(url.href) };
    }
    const isUpgraded = leadOf(url.href, errors.turnedTo(url.href)) === 'encrypted';
    const isRebuffed = own.found === 'refused' || page?.status === 400 || page?.leads === 'encrypted';
    let other: Knock | null = null;
    let otherSocket: RoadEvidence['otherSocket'] = null;
    if (isRebuffed) {
      const found = await knockAt(turned.href, timeoutMs);
      other = { found, error: found === 'answered' ? null : await errors.of(turned.href) };
      if (other.found === 'answered' && own.found === 'refused')
        otherSocket = await firstFrame(turned.href.replace(/^http/, 'ws'), timeoutMs);
    }
    const { socket, health } = await beside;
    return {
      address,
      reach,
      isAllowed,
      isSeen: errors.isSeen,
      own,
      other,
      isUpgraded,
      page,
      health,
      socket,
      otherSocket,
    };
  } finally {
    errors.end();
  }
}

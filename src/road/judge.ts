/**
 * What stands on the way to a gateway, one thing, proved. Pure.
 *
 * - W1 A name is given for what was seen and for nothing else: a status, the gateway's own JSON, the browser's own error of
 *   our own request, an answer to the other scheme, or a port's number. What another explanation fits as well has none.
 * - W2 The order is that of the road: port, name, host, TLS, HTTP, and who answers. What stands first hides what is behind.
 * - W3 A scheme is wrong where the other one is answered and this one is not, a gateway's challenge being the best answer. A
 *   server of TLS may answer plain HTTP with an error, so for `wss` a mere answer to `ws` proves nothing. At a public address
 *   plain `ws` is no other way, since a secret could be read there: then encryption is missing.
 * - W4 A gateway that shows itself by HTTP and lets no WebSocket open has something before it that passes none.
 * - W5 A page that is none of OpenClaw's is another program's, unless its status says what stands there.
 * - W6 A socket that opened, or a gateway's challenge, has met everything on the way: then nothing here is told.
 * - W7 From 2026.8.1 on gateways admit a Chromium extension by themselves: one that refuses its origin saw another one.
 */
import type { RoadCause } from './causes.ts';
import type { Page, RoadEvidence } from './evidence.ts';
import { faultOf } from './net-errors.ts';
import { isBlockedPort, isOthersPort } from './ports.ts';

/** What a look can come to; the first is one that the gateway tells others itself. */
export type RoadFinding = 'proxy-untrusted' | RoadCause;

type Rule = (seen: RoadEvidence) => RoadFinding | null;

const portOf = ({ address }: RoadEvidence): string => new URL(address).port;
const isPlain = ({ address }: RoadEvidence): boolean => address.startsWith('ws:');

const port: Rule = (seen) => (isBlockedPort(portOf(seen)) || fault(seen) === 'unsafe' ? 'port-unsafe' : null);

const fault = ({ own }: RoadEvidence) => (own.found === 'answered' ? null : faultOf(own.error));

const TLS = {
  untrusted: 'certificate-not-trusted',
  expired: 'certificate-expired',
  'other-name': 'certificate-name',
} as const;

const isOfTls = (found: ReturnType<typeof faultOf>): found is keyof typeof TLS =>
  found !== null && Object.hasOwn(TLS, found);

const host: Rule = (seen) => {
  switch (fault(seen)) {
    case 'name':
      return 'name-unknown';
    case 'local-network':
      return 'browser-blocks-network';
    case 'unreachable':
      return 'host-unreachable';
    default:
      return null;
  }
};

/** [W3] */
const scheme: Rule = (seen) => {
  const { own, other, otherSocket, page, isUpgraded, reach } = seen;
  const answersPlain = reach === 'public' && !isPlain(seen) ? 'tls-missing' : 'scheme-wrong';
  if (otherSocket === 'challenge') return answersPlain;
  if (isUpgraded) return 'https-only';
  const hasTls = other !== null && (other.found === 'answered' || isOfTls(faultOf(other.error)));
  if (isPlain(seen)) {
    // A server of TLS answers plain HTTP with 400, with a redirect, or not at all.
    const isRebuffed = own.found === 'refused' || page?.status === 400 || page?.leads === 'encrypted';
    return isRebuffed && hasTls ? 'scheme-wrong' : null;
  }
  return fault(seen) === 'tls' && other?.found === 'answered' ? answersPlain : null;
};

const tls: Rule = (seen) => {
  const found = fault(seen);
  if (isOfTls(found)) return TLS[found];
  return found === 'tls' || found === 'encryption' ? 'tls-failed' : null;
};

const listening: Rule = (seen) => {
  const isDeaf = seen.own.found !== 'answered';
  if (isOthersPort(portOf(seen)) && (isDeaf || seen.socket === 'refused')) return 'wrong-port';
  if (fault(seen) === 'closed') return 'tunnel-without-gateway';
  // On this computer a closed port is the gateway's own, and has its name.
  return fault(seen) === 'refused' && seen.reach !== 'loopback' ? 'port-closed' : null;
};

/** 52x: what Cloudflare says of a server that it cannot reach. */
const isBadGateway = (status: number): boolean =>
  (status >= 502 && status <= 504) || (status >= 520 && status <= 530);

const isJson = ({ contentType }: Page): boolean => contentType === 'application/json';

/** To encryption that is not there, and to nobody knows where: that proves nothing. */
const LEADS: Readonly<Record<NonNullable<Page['leads']>, RoadCause | null>> = {
  slash: 'path-moves',
  elsewhere: 'login-page-in-front',
  encrypted: null,
  unseen: null,
};

/** [W4] [W5] What HTTP shows of who answers. */
const who: Rule = ({ page, health, socket }) => {
  if (page?.isUnattributed) return 'proxy-untrusted';
  if (health !== null || page?.isControlUi) return socket === 'refused' ? 'proxy-no-websocket' : null;
  if (page === null) return null;
  if (page.isBasic) return 'basic-auth-in-front';
  if (page.leads !== null) return LEADS[page.leads];
  if (isBadGateway(page.status) && !isJson(page)) return 'proxy-no-gateway';
  if (page.status === 401 || page.isLogin) return 'login-page-in-front';
  if (page.status === 403 && !isJson(page)) return 'proxy-denies';
  if (page.status === 404) return 'path-not-served';
  return page.status >= 200 && page.status < 300 ? 'other-program' : null;
};

/** [W2] */
const RULES: readonly Rule[] = [port, host, scheme, tls, listening, who];

/** Names what stands on the way; `null` where nothing was proved. */
export function judgeRoad(seen: RoadEvidence): RoadFinding | null {
  // [W6]
  if (seen.socket !== null && seen.socket !== 'refused') return null;
  for (const rule of RULES) {
    const found = rule(seen);
    if (found !== null) return found;
  }
  return null;
}

/** [W7] Whether the gateway that was read there admits the extension of this origin by itself. */
export function isOriginAdmitted({ health }: RoadEvidence, ownOrigin: string): boolean {
  if (health === null || !ownOrigin.startsWith('chrome-extension:')) return false;
  const [, year = 0, month = 0] = /^(\d{4})\.(\d{1,2})\./.exec(health.version ?? '') ?? [];
  return health.tellsStart || Number(year) * 100 + Number(month) >= 202608;
}

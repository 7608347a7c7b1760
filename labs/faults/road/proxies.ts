/** Real proxies before a real gateway, as people configure them, and each cured by the lines that we advise. */

import { startRealProxy } from '../../../harness/servers/real-proxy.ts';
import { type Certified, createAuthority } from '../../../harness/servers/self-signed.ts';
import { openSshTunnel } from '../../../harness/servers/ssh-tunnel.ts';
import { startTcpServer } from '../../../harness/servers/strange-server.ts';
import type { RoadFinding } from '../../../src/road/judge.ts';
import type { Stage } from '../stage.ts';
import * as sites from './sites.ts';
import { type At, TRIED, type Tried } from './sites.ts';
import { type Blind, CLOSED, HANDSHAKE, type Standing, seenBlind, UNREACHABLE, type Way } from './way.ts';

type Config = (at: At) => string;

interface Proxied {
  readonly program: Tried;
  readonly config: Config;
  /** What it is configured with to be cured. */
  readonly cure?: Config | undefined;
  /** The port that it forwards to; the gateway’s unless given. */
  readonly target?: ((stage: Stage) => Promise<number>) | undefined;
  readonly scheme?: 'ws' | 'wss';
  readonly path?: string;
  readonly certified?: Certified;
  readonly port?: number;
}

/** Starts a proxy for as long as the fault lasts. Its cure is another configuration on the same port. */
async function standing(stage: Stage, proxied: Proxied): Promise<Standing> {
  const { program, config, cure, target, scheme = 'ws', path = '', certified, port } = proxied;
  const gateway = (await target?.(stage)) ?? stage.gateway.port;
  const start = (configure: Config, to: number, options: { port?: number }) =>
    startRealProxy(program, (place) => configure({ ...place, gateway: to }), {
      ...options,
      ...(certified && { certified }),
    });
  let proxy = await start(config, gateway, port === undefined ? {} : { port });
  stage.atEnd(() => proxy.close());
  const url = `${scheme}://127.0.0.1:${proxy.port}${path}`;
  if (cure === undefined) return { url };
  return {
    url,
    async cure() {
      await proxy.close();
      proxy = await start(cure, stage.gateway.port, { port: proxy.port });
      return url;
    },
  };
}

interface Condition {
  readonly name: string;
  /** After the name of the proxy. */
  readonly how: string;
  readonly of: Readonly<Partial<Record<Tried, Config>>>;
  readonly cure?: Readonly<Partial<Record<Tried, Config>>>;
  readonly blind?: Blind;
  readonly seen: RoadFinding;
  readonly path?: string;
  readonly target?: Proxied['target'] | undefined;
}

/** A port that takes connections and says nothing. */
const silent = async (stage: Stage): Promise<number> => (await stage.meet(startTcpServer(() => {}))).port;

const ORIGIN_REFUSED: Blind = {
  status: 'needs-you',
  cause: 'origin-not-allowed',
  verdict: ['origin-not-allowed', 'gateway', 'allow-origin'],
};

/** Before a gateway that trusts them. */
const CONDITIONS: readonly Condition[] = [
  {
    name: 'deaf',
    how: 'without what makes a request a WebSocket’s',
    of: sites.DEAF,
    cure: sites.ADVISED,
    seen: 'proxy-no-websocket',
  },
  {
    name: 'away',
    how: 'before a port that is closed',
    of: sites.AWAY,
    cure: sites.ADVISED,
    seen: 'proxy-no-gateway',
  },
  {
    name: 'late',
    how: 'before a port that never answers',
    of: sites.LATE,
    cure: sites.ADVISED,
    target: silent,
    seen: 'proxy-no-gateway',
  },
  { name: 'deny', how: 'that lets nobody in', of: sites.DENIES, cure: sites.ADVISED, seen: 'proxy-denies' },
  {
    name: 'path',
    how: 'with the gateway below another path',
    of: sites.ELSEWHERE,
    cure: sites.ADVISED,
    seen: 'path-not-served',
  },
  {
    name: 'slash',
    how: 'that redirects the path to itself with a slash',
    of: sites.SLASHED,
    cure: sites.ADVISED,
    seen: 'path-moves',
    path: '/claw',
  },
  {
    name: 'basic',
    how: 'with a login by HTTP’s own means',
    of: sites.LOGIN,
    cure: sites.EXEMPT,
    seen: 'basic-auth-in-front',
  },
  {
    name: 'leads-away',
    how: 'that sends everything to a login on another host',
    of: sites.LEADS_AWAY,
    blind: CLOSED,
    seen: 'login-page-in-front',
  },
  { name: 'form', how: 'with a login page for everything', of: sites.FORMS, seen: 'login-page-in-front' },
  {
    name: 'origin',
    how: 'that replaces the origin',
    of: sites.RENAMED,
    cure: sites.ADVISED,
    blind: ORIGIN_REFUSED,
    seen: 'proxy-origin-changed',
  },
];

const configOf = (of: Readonly<Partial<Record<Tried, Config>>>, program: Tried): Config => {
  const config = of[program];
  if (config === undefined) throw new Error(`there is no such configuration for ${program}`);
  return config;
};

const entries = <T>(of: Readonly<Partial<Record<Tried, T>>>): [Tried, T][] =>
  Object.entries(of) as [Tried, T][];

const NAMES: Readonly<Record<Tried, string>> = {
  nginx: 'nginx',
  caddy: 'Caddy',
  apache: 'Apache',
  haproxy: 'HAProxy',
};

const CONFIGURED: readonly Way[] = CONDITIONS.flatMap(({ name, how, of, cure, blind, seen, ...rest }) =>
  entries(of).map(
    ([program, config]): Way => ({
      name: `way-${name}-${program}`,
      how: `${NAMES[program]} ${how}`,
      blind: blind ?? HANDSHAKE,
      seen,
      ...(cure && { cure: 'our lines for it instead' }),
      stand: (stage) => standing(stage, { program, config, cure: cure?.[program], ...rest }),
    }),
  ),
);

/** A certificate of an authority of the user’s own: trusted once it is installed. */
const OWN = createAuthority();
const CERTIFIED = OWN.issue({ name: 'box.lan', names: ['127.0.0.1'] });

/** With encryption: what plain and encrypted addresses meet there. */
const ENCRYPTED: readonly Way[] = TRIED.flatMap((program): Way[] => {
  const encrypted = { program, config: configOf(sites.ENCRYPTED, program), certified: CERTIFIED };
  const plain = { program, config: configOf(sites.ADVISED, program) };
  return [
    {
      name: `way-own-ca-${program}`,
      how: `${NAMES[program]} with a certificate of an authority that nobody knows`,
      blind: UNREACHABLE,
      seen: 'certificate-not-trusted',
      cure: 'the authority is installed',
      installs: OWN.cert,
      stand: (stage) => standing(stage, { ...encrypted, scheme: 'wss' }),
    },
    {
      name: `way-plain-${program}`,
      how: `ws to ${NAMES[program]} with TLS`,
      // HAProxy closes; the others say what is wrong in plain HTTP.
      blind: program === 'haproxy' ? CLOSED : HANDSHAKE,
      seen: 'scheme-wrong',
      stand: (stage) => standing(stage, encrypted),
    },
    {
      name: `way-wss-${program}`,
      how: `wss to ${NAMES[program]} without TLS`,
      blind: seenBlind('scheme-wrong'),
      seen: 'scheme-wrong',
      cure: 'the other address instead',
      async stand(stage) {
        const { url } = await standing(stage, plain);
        return { url: url.replace('ws:', 'wss:'), cure: async () => url };
      },
    },
  ];
});

/** The two that people put a port of their own before a gateway with. */
const TUNNELS: readonly Way[] = [
  {
    name: 'way-tunnel-ssh',
    how: 'a tunnel of ssh to a port that is closed',
    blind: CLOSED,
    seen: 'tunnel-without-gateway',
    cure: 'the tunnel leads to the gateway’s port',
    async stand(stage) {
      let tunnel = await openSshTunnel(1);
      stage.atEnd(() => tunnel.close());
      const url = `ws://127.0.0.1:${tunnel.port}`;
      return {
        url,
        async cure() {
          await tunnel.close();
          tunnel = await openSshTunnel(stage.gateway.port, tunnel.port);
          return url;
        },
      };
    },
  },
  {
    name: 'way-own-ca-stunnel',
    how: 'stunnel with a certificate of an authority that nobody knows',
    blind: UNREACHABLE,
    seen: 'certificate-not-trusted',
    cure: 'the authority is installed',
    installs: OWN.cert,
    async stand(stage) {
      const proxy = await startRealProxy(
        'stunnel',
        ({ port, folder }) =>
          `[gateway]\naccept = 127.0.0.1:${port}\nconnect = 127.0.0.1:${stage.gateway.port}\ncert = ${folder}/both.pem`,
        { certified: CERTIFIED },
      );
      stage.atEnd(() => proxy.close());
      return { url: `wss://127.0.0.1:${proxy.port}` };
    },
  },
];

/** Before a gateway that trusts what comes from this host. */
export const TRUSTED: readonly Way[] = [...CONFIGURED, ...ENCRYPTED, ...TUNNELS];

/** Before one that trusts nobody. The last is cured, and the gateway with it. */
export const UNTRUSTED: readonly Way[] = TRIED.map((program): Way => {
  const isLast = program === TRIED.at(-1);
  return {
    name: `way-untrusted-${program}`,
    how: `${NAMES[program]} as we advise it, before a gateway that does not trust it`,
    blind: HANDSHAKE,
    seen: 'proxy-untrusted',
    ...(isLast && { cure: 'the command that trusts it, as the page shows it' }),
    async stand(stage) {
      const { url } = await standing(stage, { program, config: configOf(sites.ADVISED, program) });
      return { url, cure: () => stage.runRemedy('trust-proxy').then(() => url) };
    },
  };
});

const ANNA = sites.naming('anna@example.com');

/** nginx before a gateway that knows its users by it, which says itself what it misses. */
const named = (
  name: string,
  how: string,
  verdict: Blind['verdict'] & readonly [Blind['cause'], ...unknown[]],
  config: Config,
  cure?: Config,
): Way => ({
  name,
  how: `nginx ${how}`,
  blind: { status: 'needs-you', cause: verdict[0], verdict },
  seen: null,
  isWithoutSecret: true,
  // Its log has the reason where it has that of a credential.
  spent: 1,
  ...(cure && { cure: 'nginx as the gateway wants it' }),
  stand: (stage) => standing(stage, { program: 'nginx', config, cure }),
});

/** Before one that lets Anna in, with all headers. */
export const NAMING: readonly Way[] = [
  named(
    'way-nobody',
    'that names no user',
    ['proxy-user-missing', 'between', 'show-proxy-auth'],
    sites.naming(null),
    ANNA,
  ),
  named(
    'way-somebody',
    'that names a user who is not on the list',
    ['proxy-user-not-allowed', 'gateway', 'show-proxy-auth'],
    sites.naming('bert@example.com'),
    ANNA,
  ),
  named(
    'way-headless',
    'that leaves out a header that the gateway requires',
    ['proxy-header-missing', 'between', 'show-proxy-auth'],
    sites.naming('anna@example.com', /.*X-Forwarded-Proto.*/),
    ANNA,
  ),
];

/** Before one that takes nobody on its own host for its proxy. */
export const STRICT: readonly Way[] = [
  named(
    'way-own-host',
    'on the gateway’s own host, which is not allowed',
    ['proxy-loopback-source', 'between', 'show-proxy-auth'],
    ANNA,
  ),
];

/** Before one whose proxy is elsewhere: who is in front here is one that it does not trust, and it says no more. */
export const FOREIGN: readonly Way[] = [
  {
    name: 'way-foreign',
    how: 'nginx that names its user, and is not the proxy that the gateway expects',
    blind: HANDSHAKE,
    seen: 'proxy-untrusted',
    isWithoutSecret: true,
    stand: (stage) => standing(stage, { program: 'nginx', config: ANNA }),
  },
];

/** What mostly stands on the way to a name without a port: plain pages lead to encrypted ones. */
export const NAMED: readonly Way[] = [
  {
    name: 'way-to-https',
    how: 'plain HTTP to a name whose pages lead to encrypted ones, as proxies for the web have it',
    maps: ['box.lan:80', 'box.lan:443'],
    trusts: OWN.cert,
    blind: HANDSHAKE,
    seen: 'scheme-wrong',
    cure: 'the other address instead',
    async stand(stage) {
      const [plain, encrypted] = [stage.portOf('box.lan:80'), stage.portOf('box.lan:443')];
      const config: Config = (at) =>
        `${sites.site('nginx', at, { isEncrypted: true })}
server { listen 127.0.0.1:${plain}; return 301 https://$host$request_uri; }`;
      await standing(stage, { program: 'nginx', config, certified: CERTIFIED, port: encrypted });
      return { url: 'ws://box.lan:80', cure: async () => 'wss://box.lan' };
    },
  },
];

/** What is written into the configuration of each proxy: our own lines as they stand, and the faults that people have. */
import { LINES } from '../../../src/road/proxies.ts';

/** The proxies that are played; each has lines of ours that say that they were tried. */
export const TRIED = ['nginx', 'caddy', 'apache', 'haproxy'] as const;
export type Tried = (typeof TRIED)[number];

/** The proxies see this browser at 127.0.0.1, which no client behind a real one is: it is given another address. */
const CLIENT = '192.0.2.7';

/** What a configuration is made for. */
export interface At {
  /** Where the gateway listens, and the proxy. */
  readonly gateway: number;
  readonly port: number;
  /** With `key.pem`, `cert.pem` and both in `both.pem`. */
  readonly folder: string;
}

/** Parts of a configuration: beside the site, in it and before the lines, and the lines that lead to the gateway. */
interface Parts {
  readonly top?: string;
  readonly inside?: string;
  readonly lines?: string;
  readonly isEncrypted?: true;
}

/** The lines that we advise, aimed at the gateway. Caddy adds the client’s address by itself. */
export const forward = (product: Tried, { gateway }: Pick<At, 'gateway'>): string =>
  (LINES.forward[product]?.text ?? '')
    .replaceAll('127.0.0.1:18789', `127.0.0.1:${gateway}`)
    .replace('$remote_addr', CLIENT)
    .replace('"expr=%{REMOTE_ADDR}"', CLIENT)
    .replace('%[src]', CLIENT)
    .replace(/^(reverse_proxy \S+)$/m, `$1 {\n  header_up X-Forwarded-For ${CLIENT}\n}`);

const SITES: Readonly<
  Record<Tried, (parts: Required<Omit<Parts, 'isEncrypted'>>, at: At, isEncrypted: boolean) => string>
> = {
  nginx: ({ top, inside, lines }, { port, folder }, isEncrypted) => `${top}
server {
  listen 127.0.0.1:${port}${isEncrypted ? ' ssl' : ''};
  ${isEncrypted ? `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;` : ''}
  ${inside}
  ${lines}
}`,
  caddy: ({ top, inside, lines }, { port, folder }, isEncrypted) => `${top}
${isEncrypted ? 'https' : 'http'}://127.0.0.1:${port}, ${isEncrypted ? 'https' : 'http'}://box.lan:${port} {
${isEncrypted ? `tls ${folder}/cert.pem ${folder}/key.pem` : ''}
${inside}
${lines}
}`,
  apache: ({ top, inside, lines }, { folder }, isEncrypted) => `${top}
${isEncrypted ? `SSLEngine on\nSSLCertificateFile ${folder}/cert.pem\nSSLCertificateKeyFile ${folder}/key.pem` : ''}
${inside}
${lines}`,
  haproxy: ({ top, inside, lines }, { port, folder }, isEncrypted) => `${top}
listen site
  bind 127.0.0.1:${port}${isEncrypted ? ` ssl crt ${folder}/both.pem` : ''}
  ${inside}
  ${lines}`,
};

/** A whole site. Its lines are those that we advise, unless others are given. */
export const site = (product: Tried, at: At, { isEncrypted, ...parts }: Parts = {}): string =>
  SITES[product]({ top: '', inside: '', lines: forward(product, at), ...parts }, at, isEncrypted === true);

/** A hash of "pass" for Caddy, whose login nobody here passes. */
const HASH = '$2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG';

const USERS = 'userlist users\n  user somebody insecure-password pass\n';

type Sites = Readonly<Partial<Record<Tried, (at: At) => string>>>;

const apacheLogin = (at: At, whom: string): string =>
  site('apache', at, {
    inside: `<Location "/">
  AuthType Basic
  AuthName x
  AuthUserFile ${at.folder}/cert.pem
  ${whom}
</Location>`,
  });

/** A login by HTTP’s own means, for everything. */
export const LOGIN: Sites = {
  nginx: (at) => site('nginx', at, { inside: `auth_basic "x"; auth_basic_user_file ${at.folder}/cert.pem;` }),
  caddy: (at) => site('caddy', at, { inside: `basicauth {\n  user ${HASH}\n}` }),
  apache: (at) => apacheLogin(at, 'Require valid-user'),
  haproxy: (at) =>
    site('haproxy', at, { top: USERS, inside: 'http-request auth unless { http_auth(users) }' }),
};

/** The same, and WebSockets pass it by the lines that we advise. */
export const EXEMPT: Sites = {
  nginx(at) {
    const [top = '', inside = ''] = (LINES.exempt.nginx?.text ?? '').split(/# in the server.*\n/);
    return site('nginx', at, { top, inside: `auth_basic_user_file ${at.folder}/cert.pem; ${inside}` });
  },
  caddy: (at) => site('caddy', at, { inside: (LINES.exempt.caddy?.text ?? '').replace('<hash>', HASH) }),
  apache: (at) => apacheLogin(at, LINES.exempt.apache?.text ?? ''),
  haproxy: (at) => site('haproxy', at, { top: USERS, inside: LINES.exempt.haproxy?.text ?? '' }),
};

/** Pages pass, and of a WebSocket’s request what makes it one is lost. Caddy and HAProxy keep it unless told not to. */
export const DEAF: Sites = {
  nginx: (at) =>
    site('nginx', at, {
      lines: `location / {
  proxy_pass http://127.0.0.1:${at.gateway};
  proxy_set_header X-Forwarded-For ${CLIENT};
}`,
    }),
  apache: (at) => site('apache', at, { lines: forward('apache', at).replace(' upgrade=websocket', '') }),
};

/** Nobody may come. */
export const DENIES: Sites = {
  nginx: (at) => site('nginx', at, { inside: 'deny all;' }),
  caddy: (at) => site('caddy', at, { inside: 'respond 403' }),
  apache: (at) => site('apache', at, { inside: '<Location "/">\n  Require all denied\n</Location>' }),
  haproxy: (at) => site('haproxy', at, { inside: 'http-request deny' }),
};

/** Its own answer comes before the gateway’s, which waits too long. */
export const LATE: Sites = {
  nginx: (at) =>
    site('nginx', at, {
      lines: forward('nginx', at).replace('proxy_read_timeout 1d', 'proxy_read_timeout 300ms'),
    }),
  haproxy: (at) => site('haproxy', at, { inside: 'timeout server 300ms' }),
};

const nginxBelow = (at: At): string =>
  site('nginx', at, { lines: forward('nginx', at).replace('location /', 'location /claw/') });

/** The gateway is below another path. */
export const ELSEWHERE: Sites = {
  nginx: nginxBelow,
  apache: (at) =>
    site('apache', at, { lines: forward('apache', at).replace('ProxyPass /', 'ProxyPass /claw/') }),
  haproxy: (at) =>
    site('haproxy', at, { inside: 'http-request return status 404 unless { path_beg /claw/ }' }),
};

/** The path without a slash leads to the one with it. nginx does so by itself. */
export const SLASHED: Sites = {
  nginx: nginxBelow,
  caddy: (at) => site('caddy', at, { inside: 'redir /claw /claw/' }),
  apache: (at) => site('apache', at, { inside: 'ProxyPassMatch ^/claw$ !\nRedirectMatch ^/claw$ /claw/' }),
  haproxy: (at) =>
    site('haproxy', at, { inside: 'http-request redirect code 301 location /claw/ if { path /claw }' }),
};

const LOGIN_HOST = 'http://login.example/';

/** Everything leads to a login on another host. */
export const LEADS_AWAY: Sites = {
  nginx: (at) => site('nginx', at, { inside: `return 302 ${LOGIN_HOST};` }),
  caddy: (at) => site('caddy', at, { inside: `redir ${LOGIN_HOST}` }),
  apache: (at) => site('apache', at, { lines: `RedirectMatch ^ ${LOGIN_HOST}` }),
  haproxy: (at) => site('haproxy', at, { inside: `http-request redirect location ${LOGIN_HOST}` }),
};

const FORM = '<title>Sign in</title>';

/** Everything is a login page. */
export const FORMS: Sites = {
  nginx: (at) => site('nginx', at, { inside: `default_type text/html; return 200 '${FORM}';` }),
  caddy: (at) => site('caddy', at, { inside: `header Content-Type text/html\nrespond "${FORM}"` }),
  haproxy: (at) =>
    site('haproxy', at, {
      inside: `http-request return status 200 content-type text/html string "${FORM.replace(' ', '\\ ')}"`,
    }),
};

const ORIGIN = 'https://gateway.example';

/** Whoever asks, the gateway sees another origin. */
export const RENAMED: Sites = {
  nginx: (at) =>
    site('nginx', at, {
      lines: forward('nginx', at).replace('{', `{\n  proxy_set_header Origin ${ORIGIN};`),
    }),
  caddy: (at) =>
    site('caddy', at, { lines: forward('caddy', at).replace('{', `{\n  header_up Origin ${ORIGIN}`) }),
  apache: (at) => site('apache', at, { inside: `RequestHeader set Origin ${ORIGIN}` }),
  haproxy: (at) => site('haproxy', at, { inside: `http-request set-header Origin ${ORIGIN}` }),
};

const ofEach = (write: (product: Tried, at: At) => string): Sites =>
  Object.fromEntries(TRIED.map((product) => [product, (at: At) => write(product, at)]));

/** As we advise it. */
export const ADVISED = ofEach((product, at) => site(product, at));

/** The same, with encryption. */
export const ENCRYPTED = ofEach((product, at) => site(product, at, { isEncrypted: true }));

/** The gateway’s port, which is closed. */
export const AWAY = ofEach((product, at) => site(product, { ...at, gateway: 1 }));

/** nginx before a gateway that knows its users by it: with this user, or none; all its headers, or one less. */
export const naming =
  (user: string | null, without?: RegExp) =>
  (at: At): string =>
    site('nginx', at, {
      lines: forward('nginx', at)
        .replace('{', user === null ? '{' : `{\n  proxy_set_header X-User ${user};`)
        .replace(without ?? /^$/, ''),
    });

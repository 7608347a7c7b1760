/**
 * Lines for the configuration of what stands before a gateway. Those that are marked were tried with the real program
 * before a real gateway by `labs/faults`.
 */
import type { Product } from './evidence.ts';

export type LinesId = 'forward' | 'exempt';

interface Lines {
  readonly text: string;
  readonly isTried?: true;
}

const NGINX = `location / {
    proxy_pass http://127.0.0.1:18789;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 1d;
}`;

/** Passes pages and WebSockets on, says whose they are, and leaves the origin as it is. */
const FORWARD: Readonly<Record<Product, Lines>> = {
  nginx: { text: NGINX, isTried: true },
  caddy: { text: 'reverse_proxy 127.0.0.1:18789', isTried: true },
  apache: {
    text: `ProxyAddHeaders Off
RequestHeader set X-Forwarded-For "expr=%{REMOTE_ADDR}"
RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
ProxyPass / http://127.0.0.1:18789/ upgrade=websocket timeout=86400`,
    isTried: true,
  },
  haproxy: {
    text: `timeout tunnel 1d
http-request set-header X-Forwarded-For %[src]
http-request set-header X-Forwarded-Proto https if { ssl_fc }
server gateway 127.0.0.1:18789`,
    isTried: true,
  },
  traefik: {
    text: `http:
  services:
    openclaw:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:18789`,
  },
  tailscale: { text: 'tailscale serve --bg 18789' },
  cloudflare: {
    text: `ingress:
  - hostname: gateway.example.com
    service: http://127.0.0.1:18789
  - service: http_status:404`,
  },
  envoy: {
    text: `upgrade_configs:
  - upgrade_type: websocket
use_remote_address: true
stream_idle_timeout: 0s`,
  },
};

/** Lets a WebSocket pass a login: the gateway asks for its own credentials there. */
const EXEMPT: Partial<Record<Product, Lines>> = {
  nginx: {
    text: `map $http_upgrade $login {
    default "Login";
    ~*^websocket$ off;
}
# in the server or location:
auth_basic $login;`,
    isTried: true,
  },
  caddy: {
    text: `@pages not header Upgrade websocket
basicauth @pages {
    user <hash>
}`,
    isTried: true,
  },
  apache: {
    text: `<RequireAny>
    Require expr "%{HTTP:Upgrade} =~ /^websocket$/i"
    Require valid-user
</RequireAny>`,
    isTried: true,
  },
  haproxy: {
    text: `http-request auth unless { hdr(Upgrade) -i websocket } or { http_auth(users) }`,
    isTried: true,
  },
  traefik: {
    text: `rule: HeadersRegexp(\`Upgrade\`, \`(?i)^websocket$\`)
priority: 100
# without the middleware of the login`,
  },
};

export const LINES: Readonly<Record<LinesId, Partial<Record<Product, Lines>>>> = {
  forward: FORWARD,
  exempt: EXEMPT,
};

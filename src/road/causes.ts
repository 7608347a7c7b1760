/** What can stand on the way to a gateway: names that a page proves by looking, and no connection ever has. */

export const ROAD_CAUSES = [
  'port-unsafe',
  'name-unknown',
  'host-unreachable',
  'port-closed',
  'wrong-port',
  'tunnel-without-gateway',
  'browser-blocks-network',
  'https-only',
  'scheme-wrong',
  'tls-missing',
  'certificate-not-trusted',
  'certificate-expired',
  'certificate-name',
  'tls-failed',
  'proxy-no-gateway',
  'proxy-no-websocket',
  'proxy-denies',
  'proxy-origin-changed',
  'basic-auth-in-front',
  'login-page-in-front',
  'path-moves',
  'path-not-served',
  'other-program',
] as const;

/** Shown to users and quoted in reports: never renamed. */
export type RoadCause = (typeof ROAD_CAUSES)[number];

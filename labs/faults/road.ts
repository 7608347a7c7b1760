/**
 * Faults of what stands between: real proxies before a real gateway, TLS, tunnels and wrong addresses. Each is looked at
 * twice, without any permission and with those that diagnostics ask for; and what is advised is done, and connects.
 */
import type { Scene } from './fault.ts';
import { missingOnTheWay } from './missing.ts';
import { FOREIGN, NAMED, NAMING, STRICT, TRUSTED, UNTRUSTED } from './road/proxies.ts';
import { STRANGERS } from './road/strangers.ts';
import { faultsOf, type Way } from './road/way.ts';

const needs = ({ how, trusts, installs }: Way): string =>
  `${how.toLowerCase()} ${(trusts ?? installs) === undefined ? '' : 'certutil'}`;

/** What needs a program that is not here is left out. */
const played = (ways: readonly Way[]) =>
  ways.filter((way) => !missingOnTheWay.some((program) => needs(way).includes(program))).flatMap(faultsOf);

const trusting = (config: Record<string, any>): void => {
  config.gateway.trustedProxies = ['127.0.0.1'];
};

/** A gateway that knows its users by a proxy. */
const naming = (
  name: string,
  trustedProxy: object,
  proxies: readonly string[],
  ways: readonly Way[],
): Scene => ({
  name,
  gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', ...trustedProxy } } },
  configure: (config) => {
    config.gateway.trustedProxies = proxies;
  },
  admitsNobody: true,
  faults: played(ways),
});

const ANNA = {
  allowLoopback: true,
  allowUsers: ['anna@example.com'],
  requiredHeaders: ['x-forwarded-proto'],
};

export const ROAD: readonly Scene[] = [
  { name: 'the way, no gateway', gateway: null, faults: played(STRANGERS) },
  {
    name: 'the way, a trusting gateway',
    gateway: {},
    configure: trusting,
    faults: played([...TRUSTED, ...NAMED]),
  },
  { name: 'the way, an untrusting gateway', gateway: {}, faults: played(UNTRUSTED) },
  naming('the way, users by proxy', ANNA, ['127.0.0.1'], NAMING),
  naming('the way, no proxy on its host', {}, ['127.0.0.1'], STRICT),
  naming('the way, a proxy elsewhere', { allowLoopback: true }, ['192.0.2.1'], FOREIGN),
];

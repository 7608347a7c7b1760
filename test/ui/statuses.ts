import type { Health } from '../../src/health.ts';
import { INITIAL_RELAY } from '../../src/relay/state.ts';
import { toRelayStatus } from '../../src/relay/status.ts';

/** 20 November 2026, 14:03:12 in the time zone of the machine. */
export const NOW = new Date(2026, 10, 20, 14, 3, 12).getTime();

/** A connected gateway on this computer, with what a test wants otherwise. */
export const statusOf = (changes: Partial<Health> = {}): Health => ({
  gatewayId: 'one',
  name: null,
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  code: 'healthy',
  cause: null,
  since: NOW - 60_000,
  provenAt: NOW - 4_000,
  latencyMs: 4,
  nextTryAt: null,
  isVisible: true,
  attempt: 0,
  requestId: null,
  closeCode: null,
  words: null,
  notice: null,
  serverVersion: '2026.9.6',
  isSecretRemembered: false,
  isWithoutDeviceToken: false,
  canTryAgain: false,
  findings: [],
  skewMs: 3,
  challengeMs: 8,
  helloMs: 31,
  deviceTokenIssuedAt: NOW - 86_400_000,
  restartedAt: null,
  repairedAt: null,
  protocol: 4,
  relay: {
    ...toRelayStatus(INITIAL_RELAY, 0),
    ...(changes.code === 'relay' && { cause: 'relay-plugin-missing', bearing: 'fault', isExpected: true }),
  },
  ...changes,
});

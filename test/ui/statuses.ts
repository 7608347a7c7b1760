import type { Status } from '../../src/gateway/status.ts';

/** 20 November 2026, 14:03:12 in the time zone of the machine. */
export const NOW = new Date(2026, 10, 20, 14, 3, 12).getTime();

/** A connected gateway on this computer, with what a test wants otherwise. */
export const statusOf = (changes: Partial<Status> = {}): Status => ({
  gatewayId: 'one',
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
  ...changes,
});

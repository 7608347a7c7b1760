import type { RemedyFacts } from '../../src/remedy/types.ts';

/** Versions of every era of the command line; `null`: not known. */
export const VERSIONS = [
  'dev',
  '2026.2.17',
  '2026.2.24',
  '2026.3.13',
  '2026.5.28',
  '2026.6.34',
  '2026.7.1',
  '2026.7.33',
  '2026.8.1',
  '2026.9.6',
  null,
] as const;

/** A gateway on this computer, run on Linux, with what a test wants otherwise. */
export const factsOf = (changes: Partial<RemedyFacts> = {}): RemedyFacts => ({
  platform: 'linux',
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  serverVersion: '2026.9.6',
  requestId: 'b42117a9-6ec2-4313-a3d7-103cd3ae745e',
  origin: 'chrome-extension://ihhfanmngfalclojimmjibekiibklooo',
  relayAddress: 'ws://127.0.0.1:18799/extension',
  ...changes,
});

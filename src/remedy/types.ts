/** What helps with a diagnosis. */
import type { Cause } from '../gateway/causes.ts';
import type { FindingCode } from '../gateway/finding.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import type { RelayCause } from '../relay/causes.ts';
import type { RoadCause } from '../road/causes.ts';

/** Everything that can be told to a user has one of these codes. */
export type Diagnosis = Cause | RelayCause | FindingCode | RoadCause;

/** Where the gateway runs: decides how its command line is reached and how a shell quotes. */
export const PLATFORMS = ['linux', 'macos', 'windows', 'wsl', 'docker', 'podman', 'kubernetes'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What a remedy's command is filled in with. Every value is checked before it gets into a command. */
export interface RemedyFacts {
  readonly platform: Platform;
  readonly address: string;
  readonly reach: GatewayRecord['reach'];
  /** The gateway's version as far as it is known: a command that it lacks is not shown. */
  readonly serverVersion: string | null;
  readonly requestId: string | null;
  /** This extension's own origin, as the gateway sees it. */
  readonly origin: string | null;
  /** Where the relay was looked for, without any key; for the remedies of a relay. */
  readonly relayAddress?: string | null;
}

/** What happens on the gateway's computer when the remedy is applied, from mild to strong. */
export const REMEDY_EFFECTS = [
  'reads',
  'reveals',
  'pairs',
  'wakes',
  'configures',
  'restarts',
  'replaces',
  'unpairs',
] as const;
export type RemedyEffect = (typeof REMEDY_EFFECTS)[number];

/** How OpenClaw's command line is reached where a gateway runs, as OpenClaw's own guides have it. */
import type { Platform } from './types.ts';

interface Place {
  /** What a command of OpenClaw begins with. */
  readonly commandLine: string;
  /** What a program begins with that runs in the gateway's own container; `null` where a shell is at hand. */
  readonly inside: string | null;
}

/** OpenClaw's command line as its image has it. */
export const IN_CONTAINER = 'node dist/index.js';

const AT_HAND: Place = { commandLine: 'openclaw', inside: null };
/** In the container itself, for lack of another one. */
const within = (inside: string): Place => ({ commandLine: `${inside} ${IN_CONTAINER}`, inside });

export const PLACES: Readonly<Record<Platform, Place>> = {
  linux: AT_HAND,
  macos: AT_HAND,
  windows: AT_HAND,
  wsl: AT_HAND,
  // The compose file's service for the command line.
  docker: {
    commandLine: 'docker compose run --rm openclaw-cli',
    inside: 'docker compose exec openclaw-gateway',
  },
  podman: within('podman exec openclaw'),
  kubernetes: within('kubectl exec -n openclaw deploy/openclaw --'),
};

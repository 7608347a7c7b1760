/** How OpenClaw's command line is reached where a gateway runs, as OpenClaw's own guides have it. */
import type { Platform } from './types.ts';

interface Place {
  /** What a command of OpenClaw begins with. */
  readonly commandLine: string;
  /** What a program begins with that runs in the gateway's own container; `null` where a shell is at hand. */
  readonly inside: string | null;
  /**
   * The program that puts on the clipboard what is piped to it; `null` where it is not sure that there is one. That of
   * WSL is Windows' own: the clipboard is there.
   */
  readonly clipboard: string | null;
}

/** OpenClaw's command line as its image has it. */
export const IN_CONTAINER = 'node dist/index.js';

const AT_HAND: Place = { commandLine: 'openclaw', inside: null, clipboard: null };
/** In the container itself, for lack of another one. */
const within = (inside: string): Place => ({
  commandLine: `${inside} ${IN_CONTAINER}`,
  inside,
  clipboard: null,
});

/** By the compose file's service for the command line. */
const COMPOSE = 'docker compose run --rm openclaw-cli';

/** Whether a command needs the compose file's service for the command line. */
export const isByCompose = (command: string | null): boolean => command?.startsWith(`${COMPOSE} `) === true;

export const PLACES: Readonly<Record<Platform, Place>> = {
  linux: AT_HAND,
  macos: { ...AT_HAND, clipboard: 'pbcopy' },
  windows: { ...AT_HAND, clipboard: 'clip' },
  wsl: { ...AT_HAND, clipboard: 'clip.exe' },
  docker: {
    commandLine: COMPOSE,
    inside: 'docker compose exec openclaw-gateway',
    clipboard: null,
  },
  podman: within('podman exec openclaw'),
  kubernetes: within('kubectl exec -n openclaw deploy/openclaw --'),
};

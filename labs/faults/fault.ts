/** What a fault of the lab is. */
import type { Page } from '@playwright/test';
import type { StatusCode } from '../../harness/browser/popup-page.ts';
import type { GatewayOptions } from '../../harness/gateway/openclaw.ts';
import type { Fault as Diagnosis, Location } from '../../src/doctor/types.ts';
import type { RelayCause } from '../../src/relay/causes.ts';
import type { Stage, StageSetting } from './stage.ts';

/** What a user is told. */
export interface Told {
  /** The popup's word for the whole state, and the cause beside it. */
  readonly status: StatusCode;
  readonly cause: string | null;
  /** The doctor's verdict. `null` for both: all is well. */
  readonly diagnosis: Diagnosis | null;
  readonly location: Location | null;
  /** The id of the first remedy, `null` where nothing helps that we know of. */
  readonly remedy: string | null;
}

export interface Expected extends Told {
  /**
   * Credentials of ours that a gateway refused, or that a server which is no gateway got to see: each of the first
   * counts towards the lock-out of all extensions, and none of the second should ever happen.
   */
  readonly spent: number;
  /** What the popup says of the relay, where that matters. */
  readonly relay?: RelayCause;
  /** What a look inside the gateway finds, with consent to read its configuration: codes, the gravest first. */
  readonly inside?: string;
  /** What a restart would cut off, as it stands beside the command: kinds of work, or `nothing`. */
  readonly restart?: string;
}

/** Of this computer: the right to mount an image, or the program that tells whose a port is. */
export type Need = 'mount' | 'ss';

export interface Fault extends StageSetting {
  /** Stable: `--only <name>`. */
  readonly name: string;
  /** How it is produced, in a few words. */
  readonly how: string;
  readonly expected: Expected;
  /** How long the popup may take to say so, after {@link play}. Milliseconds; 60 s unless given. */
  readonly limitMs?: number;
  /** How long the doctor may have to look inside again until it finds what is expected. Milliseconds; 60 s unless given. */
  readonly insideLimitMs?: number;
  /** Where it is not here, the fault is not played. */
  readonly needs?: readonly Need[];
  /** The gateway is started by {@link play}. */
  readonly startsItself?: true;
  /** Of a row that is played more than once: its name is that of the row, and this. */
  readonly column?: 'blind' | 'seen' | 'firefox' | 'cured';
  /** Produces the fault. What it opens beside the stage goes to `stage.atEnd`. */
  play(stage: Stage): Promise<void>;
  /** Whatever else the doctor has to say of it. Rejects where it does not. */
  check?(doctor: Page, stage: Stage): Promise<void>;
}

/** What was seen of a fault that was played. */
export interface Played {
  readonly seen: Expected | null;
  /** Differences from what was expected; empty if it is all as it should be. */
  readonly problems: readonly string[];
  readonly ms: number;
}

/** Faults that can share one gateway. Each has a browser of its own. */
export interface Scene {
  readonly name: string;
  /** `null`: no gateway is needed. */
  readonly gateway: GatewayOptions | null;
  /** Changes the configuration before the first start. */
  readonly configure?: (config: Record<string, any>) => void;
  /** What its processes get beside their usual environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** A gateway that admits nobody cannot be asked whether it is ready. */
  readonly admitsNobody?: true;
  readonly faults: readonly Fault[];
}

/** All is well, in the popup and in the doctor's room. */
export const WELL: Expected = {
  status: 'healthy',
  cause: null,
  diagnosis: null,
  location: null,
  remedy: null,
  spent: 0,
};

/** The popup names the cause that is the doctor's diagnosis, too. */
export const told = (
  status: StatusCode,
  cause: Diagnosis,
  location: Location,
  remedy: string | null,
  spent = 0,
): Expected => ({ status, cause, diagnosis: cause, location, remedy, spent });

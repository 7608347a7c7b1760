/** A row of the way: one thing between this browser and a gateway, looked at without and with the permissions. */
import type { StatusCode } from '../../../harness/browser/popup-page.ts';
import { approve, waitForStatus } from '../../../harness/browser/popup-page.ts';
import type { Fault as Diagnosis, Location } from '../../../src/doctor/types.ts';
import type { Cause } from '../../../src/gateway/causes.ts';
import type { RoadFinding } from '../../../src/road/judge.ts';
import { type Fault, told, WELL } from '../fault.ts';
import { BAIT, type Stage } from '../stage.ts';

/** What is diagnosed, where it lies, and the id of the first remedy. */
type Verdict = readonly [diagnosis: Diagnosis, place: Location, remedy: string];

/** What the popup says, and the diagnostics without any permission. */
export interface Blind {
  readonly status: StatusCode;
  readonly cause: Cause;
  readonly verdict: Verdict;
}

const vague = (cause: Cause, place: Location): Blind => ({
  status: 'reconnecting',
  cause,
  verdict: [cause, place, 'gateway-status'],
});

/** An HTTP server answers, and no WebSocket opens. */
export const HANDSHAKE = vague('handshake-failed', 'unknown');
/** Nothing answers, at a plain address of this computer. */
export const CLOSED = vague('gateway-unreachable', 'gateway');
/** Nothing answers, elsewhere or with encryption. */
export const UNREACHABLE = vague('gateway-unreachable', 'unknown');

/** What is said of each finding: where it lies and what helps first. */
const FOUND: Readonly<Record<RoadFinding, readonly [Location, string]>> = {
  'proxy-untrusted': ['between', 'show-trusted-proxies'],
  'port-unsafe': ['browser', 'use-usual-port'],
  'name-unknown': ['between', 'check-address'],
  'host-unreachable': ['between', 'join-network'],
  'port-closed': ['between', 'gateway-status'],
  'wrong-port': ['between', 'use-usual-port'],
  'tunnel-without-gateway': ['between', 'check-tunnel'],
  'browser-blocks-network': ['browser', 'allow-local-network'],
  'https-only': ['browser', 'use-this-address'],
  'scheme-wrong': ['between', 'use-this-address'],
  'tls-missing': ['between', 'use-tunnel'],
  'certificate-not-trusted': ['between', 'show-fingerprint'],
  'certificate-expired': ['between', 'check-clock'],
  'certificate-name': ['between', 'check-address'],
  'tls-failed': ['between', 'check-address'],
  'proxy-no-gateway': ['between', 'gateway-status'],
  'proxy-no-websocket': ['between', 'pass-websockets'],
  'proxy-denies': ['between', 'open-page'],
  'proxy-origin-changed': ['between', 'keep-origin'],
  'basic-auth-in-front': ['between', 'open-page'],
  'login-page-in-front': ['between', 'open-page'],
  'path-moves': ['between', 'check-address'],
  'path-not-served': ['between', 'check-address'],
  'other-program': ['between', 'check-address'],
};

const found = (finding: RoadFinding): Verdict => [finding, ...FOUND[finding]];

/** Found without any permission: by a port's number, or by an answer to the other scheme. */
export const seenBlind = (finding: RoadFinding): Blind => ({
  ...UNREACHABLE,
  verdict: found(finding),
});

/** What stands there, while a browser looks at it. */
export interface Standing {
  /** The address that the user gives. */
  readonly url: string;
  /** Does what the remedy says. Resolves to the address from then on. */
  readonly cure?: () => Promise<string>;
}

export interface Way {
  readonly name: string;
  readonly how: string;
  readonly blind: Blind;
  /** What the permissions add; `null`: nothing, the gateway itself has said it. */
  readonly seen: RoadFinding | null;
  /** How it is cured, in a few words. */
  readonly cure?: string;
  /** Its users have no secret: it knows them by its proxy. */
  readonly isWithoutSecret?: true;
  /** What the gateway's own log counts as an attempt, although none of our credentials was in it. */
  readonly spent?: number;
  /** The authority that the user has installed, or installs for the cure. */
  readonly trusts?: string;
  readonly installs?: string;
  /** Played in Firefox, too. */
  readonly inFirefox?: true;
  /** Names with a port that lead to ports of the stage’s: see {@link Stage.portOf}. */
  readonly maps?: readonly string[];
  stand(stage: Stage): Promise<Standing>;
}

const expected = ({ status, cause }: Blind, [diagnosis, location, remedy]: Verdict, spent = 0) => ({
  status,
  cause,
  diagnosis,
  location,
  remedy,
  spent,
});

/** The user gives an address, with what is a secret to the gateway or bait to a stranger. */
async function give(stage: Stage, way: Way, url: string, secret: string): Promise<void> {
  if (way.isWithoutSecret) await stage.pasteWithoutSecret(url);
  else await stage.paste(`${url}#${secret}`);
}

/** The row as faults of the lab: a browser that may not look, one that may, and one whose user does what it says. */
export function faultsOf(way: Way): Fault[] {
  const { name, how, blind, seen, cure, spent, installs } = way;
  const play = async (stage: Stage): Promise<void> => {
    const { url } = await way.stand(stage);
    await give(stage, way, url, BAIT);
  };
  const verdict = seen === null ? blind.verdict : found(seen);
  const browser: Pick<Fault, 'trusts' | 'maps'> = {
    ...(way.trusts !== undefined && { trusts: way.trusts }),
    ...(way.maps && { maps: way.maps }),
  };
  const faults: Fault[] = [
    { name, how, column: 'blind', ...browser, expected: expected(blind, blind.verdict, spent), play },
    {
      name: `${name}-seen`,
      how: 'the same, with the permissions',
      column: 'seen',
      ...browser,
      expected: expected(blind, verdict, spent),
      mayLook: true,
      play,
    },
  ];
  if (way.inFirefox)
    faults.push({
      name: `${name}-firefox`,
      how: 'the same in Firefox, with the permissions',
      column: 'firefox',
      expected: expected(blind, verdict, spent),
      play,
    });
  if (cure === undefined) return faults;
  return [
    ...faults,
    {
      name: `${name}-cured`,
      how: cure,
      column: 'cured',
      mayLook: true,
      ...browser,
      ...(installs !== undefined && { trusts: installs }),
      expected: way.isWithoutSecret ? told('approval', 'not-paired', 'gateway', 'approve', spent) : WELL,
      async play(stage) {
        const { url, cure: apply } = await way.stand(stage);
        await give(stage, way, url, stage.gateway.token);
        if (installs === undefined) await waitForStatus(stage.page, blind.status);
        const address = (await apply?.()) ?? url;
        if (address !== url) {
          await stage.forgetAll();
          await give(stage, way, address, stage.gateway.token);
        } else if (installs === undefined) await stage.press(/^(try|check)/i);
        await waitForStatus(stage.page, 'approval');
        // Nobody but its proxy tells such a gateway who its owner is.
        if (way.isWithoutSecret) return;
        await approve(stage.page, stage.gateway);
        await stage.page.reload();
        await waitForStatus(stage.page, ['healthy', 'healed']);
      },
    },
  ];
}

/** All faults of the lab, by the gateway that they need. */
import { BROWSER } from './browser.ts';
import { EXCESS } from './excess.ts';
import type { Scene } from './fault.ts';
import { INSIDE } from './inside.ts';
import { canPlay } from './missing.ts';
import { NETWORK } from './network.ts';
import { OTHERS } from './others.ts';
import { OUTAGES } from './outages.ts';
import { PAIRING, RATE_LIMITED } from './pairing.ts';
import { PAST } from './past.ts';
import { RELAY } from './relay.ts';
import { ROAD } from './road.ts';

const ALL: readonly Scene[] = [
  { name: 'no gateway', gateway: null, faults: NETWORK },
  // The lock-out lasts: it is the last.
  {
    name: '2026.9.6',
    gateway: {},
    faults: [...PAIRING, ...BROWSER, ...RELAY, ...PAST, ...EXCESS, ...OUTAGES, RATE_LIMITED],
  },
  ...OTHERS,
  ...INSIDE,
  ...ROAD,
];

/** Those that can be played on this computer. */
export const SCENES: readonly Scene[] = ALL.map((scene) => ({
  ...scene,
  faults: scene.faults.filter(canPlay),
}));

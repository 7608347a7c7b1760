/** What faults need of this computer: of what is not here, the rows are not played, and that is said. */
import { existsSync } from 'node:fs';
import { canTrust } from '../../harness/browser/browser.ts';
import { canMount } from '../../harness/gateway/conditions.ts';
import { missingPrograms } from '../../harness/servers/real-proxy.ts';
import { hasSsh } from '../../harness/servers/ssh-tunnel.ts';
import type { Fault, Need } from './fault.ts';

/** Programs of what stands on a way. */
export const missingOnTheWay: readonly string[] = [
  ...missingPrograms(),
  ...(hasSsh() ? [] : ['ssh']),
  ...(canTrust() ? [] : ['certutil']),
];

const IS_HERE: Readonly<Record<Need, boolean>> = { mount: canMount(), ss: existsSync('/usr/bin/ss') };

/** All that some rows need and that is not here. */
export const missing: readonly string[] = [
  ...missingOnTheWay,
  ...(Object.keys(IS_HERE) as Need[]).filter((need) => !IS_HERE[need]),
];
if (missing.length > 0)
  console.log(
    `not here, and not played: ${missing.join(', ')} (npm run setup -- --proxies; to mount takes root)`,
  );

/** Whether all is here that a fault needs. */
export const canPlay = ({ needs = [] }: Fault): boolean => needs.every((need) => IS_HERE[need]);

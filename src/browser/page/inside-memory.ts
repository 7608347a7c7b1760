/** Consent to look into a gateway's configuration, and what the last look found, as pages keep it. */
import { type InsideCode, insideRow } from '../../inside/codes.ts';
import type { InsideFinding } from '../../inside/findings.ts';
import { type InsideMemory, insideItem, NO_INSIDE } from '../../storage/items.ts';
import { readItem, writeItem } from '../storage.ts';

async function change(gatewayId: string, next: (before: InsideMemory) => InsideMemory): Promise<boolean> {
  const stored = await readItem(insideItem(gatewayId));
  // What a newer version wrote stays.
  if (stored.type === 'newer') return false;
  const after = next(stored.type === 'value' ? stored.value : NO_INSIDE);
  return writeItem(insideItem(gatewayId), after).then(
    () => true,
    () => false,
  );
}

/** Notes the user's consent. @returns false if it could not be stored: then it does not hold */
export const allowConfig = (gatewayId: string): Promise<boolean> =>
  change(gatewayId, (before) => ({ ...before, readsConfig: true }));

const CONFIG_AREAS = ['config', 'access'];

/** Takes the consent back, and what was found by it. @returns false if that could not be stored */
export const withdrawConfig = (gatewayId: string): Promise<boolean> =>
  change(gatewayId, ({ last }) => ({
    readsConfig: false,
    last: last && {
      ...last,
      found: last.found.filter(({ code }) => !CONFIG_AREAS.includes(insideRow(code as InsideCode)?.area)),
    },
  }));

/** Keeps what a look found: codes and numbers, and of those only what is more than worth knowing. */
export const keepFound = (
  gatewayId: string,
  at: number,
  findings: readonly InsideFinding[],
): Promise<boolean> =>
  change(gatewayId, (before) => ({
    ...before,
    last: {
      at,
      found: findings
        .filter(({ code }) => insideRow(code).severity !== 'note')
        .map(({ code, figures }) => ({
          code,
          figures: figures.filter((each) => typeof each === 'number'),
        })),
    },
  }));

/** The command of a finding, as this gateway's version and place have it. Pure. */

import type { RemedyFacts } from '../remedy/types.ts';
import { commandFor, remedyFor } from '../remedy/what-helps.ts';
import { type InsideCode, insideRow } from './codes.ts';

/** What sets it right or shows more, ready to copy; `null` where there is nothing to run. */
export function findingCommand(code: InsideCode, facts: RemedyFacts): string | null {
  const { run, remedy } = insideRow(code);
  if (remedy !== undefined) return remedyFor(remedy, facts)?.command ?? null;
  return run.map((id) => commandFor(id, facts)).find((each) => each !== null) ?? null;
}

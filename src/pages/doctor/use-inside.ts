/** A look inside the gateway after each run of the diagnostics, and the user’s consent to read its configuration. */
import { useEffect, useState } from 'preact/hooks';
import { keepFound } from '../../browser/page/inside-memory.ts';
import { lookInside } from '../../browser/page/look-inside.ts';
import { ownOrigin } from '../../browser/page/own-origin.ts';
import { followItem } from '../../browser/storage.ts';
import { readHistory } from '../../browser/stored-history.ts';
import { type Answered, answeredBy } from '../../doctor/answered.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { type AreaResult, areaResults, isNote } from '../../inside/findings.ts';
import type { Interruption } from '../../inside/past.ts';
import type { Inside } from '../../inside/types.ts';
import { type InsideMemory, insideItem, NO_INSIDE } from '../../storage/items.ts';

export interface InsideProps {
  status: GatewayStatus;
  /** When the last run ended: each run is followed by one look. */
  runAt: number;
  onLooked: (looked: LookedInside) => void;
}

/** What the rest of the page takes from a look. */
export interface LookedInside {
  /** For the report. */
  readonly results: readonly AreaResult[];
  /** How many findings there are. */
  readonly found: number;
  /** One of them is more than worth knowing. */
  readonly isWarning: boolean;
  /** What nobody need be asked any more. */
  readonly answered: Answered;
}

/** One look for each run, and one when the consent changes. */
export function useInside({ status, runAt, onLooked }: InsideProps, readsConfig: boolean | null) {
  const [inside, setInside] = useState<Inside | null>(null);
  const [interruption, setInterruption] = useState<Interruption | null>(null);
  const { gatewayId, serverVersion, reach } = status;
  useEffect(() => {
    if (readsConfig === null) return;
    let isOver = false;
    void Promise.all([
      lookInside(gatewayId, { serverVersion, readsConfig }),
      lastInterruption(gatewayId),
    ]).then(([found, last]) => {
      if (isOver) return;
      setInside(found);
      setInterruption(last);
      const results = areaResults(found, { reach, origin: ownOrigin() });
      const findings = results.flatMap((each) => each.findings);
      const isWarning = !findings.every(isNote);
      onLooked({ results, found: findings.length, isWarning, answered: answeredBy(found, reach) });
      void keepFound(gatewayId, found.at, findings);
    });
    return () => {
      isOver = true;
    };
  }, [gatewayId, serverVersion, runAt, readsConfig]);
  return { inside, interruption };
}

/** The last time that the gateway was away, as our own history has it. */
async function lastInterruption(gatewayId: string): Promise<Interruption | null> {
  const past = await readHistory(gatewayId);
  if (past.type !== 'value') return null;
  const over = past.value.incidents.findLast(
    ({ endedAt, cause, cure }) => endedAt !== null && cure !== 'paused' && !cause.startsWith('relay-'),
  );
  return over?.endedAt == null ? null : { startedAt: over.startedAt, endedAt: over.endedAt };
}

/** The user's consent; `null` until it was read. */
export function useConfigConsent(gatewayId: string): boolean | null {
  const [memory, setMemory] = useState<InsideMemory | null>(null);
  useEffect(() => {
    setMemory(null);
    return followItem(insideItem(gatewayId), (reading) =>
      setMemory(reading.type === 'value' ? reading.value : NO_INSIDE),
    );
  }, [gatewayId]);
  return memory?.readsConfig ?? null;
}

/** What only the disk knows of a gateway that is well, and what can wait. Loaded after the popup's first paint. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { language, t } from '../browser/i18n.ts';
import { followItem } from '../browser/storage.ts';
import { followHistory, type StoredHistory } from '../browser/stored-history.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { upTo } from '../history/record.ts';
import { NO_HISTORY } from '../history/state.ts';
import { type Slot, strip, summarise } from '../history/summary.ts';
import { notesOn } from '../remedy/known-faults.ts';
import { type InsideMemory, insideItem } from '../storage/items.ts';
import { PageLink } from '../ui/page-link.tsx';
import { titleOf } from '../words/faults.ts';
import { number, share } from '../words/figures.ts';
import { clockTime } from '../words/time.ts';
import { Fact } from './fact.tsx';

export { OthersRow } from './others-row.tsx';
export { SelfRepair } from './self-repair.tsx';

/** Milliseconds. What a look found longer ago may have passed since. */
const INSIDE_LASTS_MS = 86_400_000;

/** How many things the last look inside the gateway found, and when; `null` where there is nothing to tell. */
function useInside(gatewayId: string): { count: number; at: number } | null {
  const [last, setLast] = useState<InsideMemory['last']>(null);
  useEffect(
    () =>
      followItem(insideItem(gatewayId), (reading) =>
        setLast(reading.type === 'value' ? reading.value.last : null),
      ),
    [gatewayId],
  );
  if (last === null || last.found.length === 0 || Date.now() - last.at > INSIDE_LASTS_MS) return null;
  return { count: last.found.length, at: last.at };
}

/** What works now and may not last. */
export function Warnings({ status }: { status: GatewayStatus }) {
  const { gatewayId, isPairingUnwritten, findings } = status;
  const [finding] = findings;
  const inside = useInside(gatewayId);
  const details = <PageLink page="doctor" gatewayId={gatewayId} label="finding_see_diagnostics" />;
  return (
    <>
      {isPairingUnwritten && (
        <Fact mark="attention" title={t('preflight_unwritten')} text={t('storage_unwritable')} />
      )}
      {finding && <Fact mark="attention" title={titleOf(finding.code)} text={details} />}
      {inside && (
        <Fact
          mark="attention"
          title={t('inside_line', clockTime(inside.at, Date.now()), inside.count)}
          text={details}
          data={{ 'data-testid': 'inside-line' }}
        />
      )}
    </>
  );
}

/** Which version is without the faults that users of this one reported. */
export function VersionFault({ version }: { version: string | null }) {
  const notes = version === null ? [] : notesOn(version);
  return notes.map(({ fault, better }) => (
    <p key={fault} class="soft small">
      {t(fault === 'loop' ? 'version_fault_loop' : 'version_fault', better)}
    </p>
  ));
}

const DAY_MS = 86_400_000;
/** Half an hour each. */
const SLOTS = 48;
/** Milliseconds. How often the strip is made anew while nothing happens. */
const REDRAWN_EVERY_MS = 60_000;

/** The last 24 hours in a strip, with the figure that sums them up; the whole of it is the history's. */
export function Day({ gatewayId, now }: { gatewayId: string; now: number }) {
  const [past, setPast] = useState<StoredHistory | null>(null);
  useEffect(() => followHistory(gatewayId, setPast), [gatewayId]);
  const minute = Math.floor(now / REDRAWN_EVERY_MS);
  const { slots, summary } = useMemo(() => {
    const history = past?.type === 'value' ? upTo(past.value, now) : NO_HISTORY;
    const from = now - DAY_MS;
    return {
      slots: strip(history, from, now, SLOTS, now),
      summary: summarise(history, from, now, now),
    };
  }, [past, minute]);
  if (past === null) return <div class="day" />;
  const { availability, incidents } = summary;
  const figure = availability === null ? t('day_nothing') : dayFigure(availability, incidents.length);
  return (
    <div class="day" data-testid="day">
      <h2>{t('day_title')}</h2>
      <p class="soft small">{figure}</p>
      <div class="day-strip" aria-hidden="true">
        {slots.map((slot) => (
          <i key={slot.from} data-slot={slot.kind} style={{ '--trouble': troubledPart(slot) }} />
        ))}
      </div>
    </div>
  );
}

/** "99.7% · 2 interruptions". */
function dayFigure(availability: number, count: number): string {
  if (count === 0) return t('day_none', share(availability));
  const isOne = new Intl.PluralRules(language()).select(count) === 'one';
  return t(isOne ? 'day_one' : 'day_several', share(availability), number(count));
}

/** Of the height of a bar; never so little that it cannot be seen. */
const troubledPart = ({ troubleMs, watchedMs }: Slot): string =>
  watchedMs === 0 ? '0%' : `${Math.max(30, Math.round((100 * troubleMs) / watchedMs))}%`;

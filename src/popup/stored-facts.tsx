/** What only the disk knows of a gateway that is well, and what can wait. Loaded after the popup's first paint. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { language, t } from '../browser/i18n.ts';
import { followHistory, type StoredHistory } from '../browser/stored-history.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { upTo } from '../history/record.ts';
import { NO_HISTORY } from '../history/state.ts';
import { type Slot, strip, summarise } from '../history/summary.ts';
import { betterThan } from '../remedy/known-faults.ts';
import { titleOf } from '../words/faults.ts';
import { number, share } from '../words/figures.ts';
import { Fact } from './fact.tsx';

export { OthersRow } from './others-row.tsx';
export { SelfRepair } from './self-repair.tsx';

/** What works now and may not last. */
export function Warnings({ status: { isPairingUnwritten, findings } }: { status: GatewayStatus }) {
  const [finding] = findings;
  return (
    <>
      {isPairingUnwritten && (
        <Fact mark="attention" title={t('preflight_unwritten')} text={t('storage_unwritable')} />
      )}
      {finding && <Fact mark="attention" title={titleOf(finding.code)} text={t('finding_see_diagnostics')} />}
    </>
  );
}

/** Which version is without the faults that users of this one reported. */
export function VersionFault({ version }: { version: string | null }) {
  const better = version === null ? null : betterThan(version);
  return better && <p class="soft small">{t('version_fault', better)}</p>;
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

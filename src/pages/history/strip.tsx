import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { type MessageKey, t } from '../../browser/i18n.ts';
import { RANGES, type RangeId } from '../../history/range.ts';
import type { History } from '../../history/state.ts';
import type { Slot, SlotKind, Summary } from '../../history/summary.ts';
import { announce } from '../../ui/announce.ts';
import { rowTime, slotLine, stripSummary, ticks } from './words.ts';

const LEGEND: Readonly<Record<SlotKind, MessageKey & `history_slot_${SlotKind}`>> = {
  ok: 'history_slot_ok',
  trouble: 'history_slot_trouble',
  unwatched: 'history_slot_unwatched',
  nothing: 'history_slot_nothing',
};
const KINDS: readonly SlotKind[] = ['ok', 'trouble', 'unwatched', 'nothing'];

interface Props {
  range: RangeId;
  slots: readonly Slot[];
  summary: Summary;
  history: History;
  now: number;
}

/** The slot to walk to, by key; `undefined` if it leads nowhere. Without a place to start from it is the newest. */
function walk(key: string, at: number, count: number, perRow: number): number | undefined {
  const last = count - 1;
  const from = at < 0 ? count : at;
  const to = {
    ArrowLeft: from - 1,
    ArrowRight: at < 0 ? last : at + 1,
    ArrowUp: from - perRow,
    ArrowDown: at < 0 ? last : at + perRow,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

/** Red is for what needed the user, as on the toolbar. */
const toneOf = ({ kind, incidents }: Slot): string | undefined =>
  kind !== 'trouble'
    ? undefined
    : incidents.some(({ worst }) => worst === 'needs-you')
      ? 'problem'
      : 'attention';

/** Of a bar's height: never so little that it cannot be seen, and all of it only where nothing else was. */
function troubledPart({ troubleMs, watchedMs }: Slot): string {
  const part = troubleMs / watchedMs;
  return part >= 1 ? '100%' : `${Math.round(100 * Math.min(0.85, Math.max(0.2, part)))}%`;
}

/**
 * The status strip: one image with a summary. Its slots are walked by arrow keys or pointed at; the line beneath says
 * when each was and what happened, and the list of incidents holds the same facts.
 */
export function Strip({ range, slots, summary, history, now }: Props) {
  // By their beginning: while time passes, slots move up.
  const [walked, setWalked] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = slots.find(({ from }) => from === (pointed ?? walked)) ?? null;
  const { perRow } = RANGES[range];

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = slots.findIndex(({ from }) => from === walked);
    const slot = slots[walk(event.key, at, slots.length, perRow) ?? -1];
    if (slot === undefined) return;
    event.preventDefault();
    setPointed(null);
    setWalked(slot.from);
    announce(slotLine(range, slot, history, now));
  }

  function slotAt(event: PointerEvent): number | null {
    const { from } = (event.target as Element).closest<HTMLElement>('[data-from]')?.dataset ?? {};
    return from === undefined ? null : Number(from);
  }

  return (
    <>
      <div
        class="strip"
        role="img"
        aria-label={stripSummary(range, summary)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the image.
        tabIndex={0}
        data-testid="strip"
        style={{ '--slots': slots.length, '--row': perRow }}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setPointed(slotAt(event))}
        onPointerLeave={() => setPointed(null)}
        onPointerDown={(event) => setWalked(slotAt(event) ?? walked)}
      >
        {slots.map((slot, index) => (
          <Fragment key={slot.from}>
            {index % perRow === 0 && (
              <span class="row-time" style={{ '--at': index + 1 }}>
                {rowTime(range, slot.from)}
              </span>
            )}
            <span
              class="slot"
              data-from={slot.from}
              data-slot={slot.kind}
              data-tone={toneOf(slot)}
              style={slot.kind === 'trouble' ? { '--trouble': troubledPart(slot) } : undefined}
              data-shown={slot === shown ? '' : undefined}
            />
          </Fragment>
        ))}
        {ticks(range, slots).map(({ at, span, label }) => (
          <span key={at} class="tick" style={{ '--at': at + 1, '--span': span }}>
            {label}
          </span>
        ))}
        <span class="row-time end">{t('history_now')}</span>
      </div>
      <p class="slot-line" data-testid="slot-line">
        {shown === null ? (
          <span class="soft">{t('history_strip_hint')}</span>
        ) : (
          slotLine(range, shown, history, now)
        )}
      </p>
      <ul class="legend">
        {KINDS.filter((kind) => slots.some((slot) => slot.kind === kind)).map((kind) => (
          <li key={kind}>
            <span class="slot" data-slot={kind} data-tone={kind === 'trouble' ? 'attention' : undefined} />
            {t(LEGEND[kind])}
          </li>
        ))}
      </ul>
    </>
  );
}

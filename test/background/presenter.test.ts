/** What follows from a change, with a browser that only notes what is asked of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fleet } from '../../src/background/fleet.ts';
import { Presenter } from '../../src/background/presenter.ts';
import { type GatewayStatus, SETTLED_AFTER_MS } from '../../src/gateway-status.ts';
import type { Snapshot } from '../../src/messages.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/settings.ts';
import type { Item, Reading } from '../../src/storage/item.ts';
import { historyItem, settingsItem } from '../../src/storage/items.ts';
import { statusOf } from '../fixtures/statuses.ts';

const world = vi.hoisted(() => ({
  items: new Map<string, unknown>(),
  isFull: false,
  shown: [] as string[],
  cleared: [] as string[],
  wakes: [] as (number | null)[],
  faces: [] as string[],
  sets: [] as string[],
}));

vi.mock('../../src/browser/api.ts', () => ({ default: {} }));
vi.mock('../../src/browser/storage.ts', () => ({
  isOfNewer: () => false,
  readItem: async <T>(item: Item<T>): Promise<Reading<T>> => item.decode(world.items.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => {
    if (world.isFull) throw new Error('the disk is full');
    world.items.set(item.key, item.encode(value));
  },
  removeItem: async () => {},
}));
vi.mock('../../src/browser/worker/notifications.ts', () => ({
  showNotification: async ({ kind, gatewayId }: { kind: string; gatewayId: string }) =>
    world.shown.push(`${gatewayId} ${kind}`) > 0,
  clearNotification: async (gatewayId: string) => void world.cleared.push(gatewayId),
}));
vi.mock('../../src/browser/worker/session.ts', () => ({ startedAt: async () => 0 }));
vi.mock('../../src/browser/worker/wake-up.ts', () => ({
  wakeAt: (at: number | null) => void world.wakes.push(at),
}));
vi.mock('../../src/words/face.ts', () => ({
  faceOf: ([first]: GatewayStatus[]) => first?.cause ?? first?.code,
}));
vi.mock('../../src/browser/worker/toolbar.ts', () => ({
  drawToolbar: (face: string, set: string) => {
    world.faces.push(face);
    world.sets.push(set);
  },
}));

const T0 = new Date(2026, 10, 20, 12, 0).getTime();
const MINUTE = 60_000;
const ALL: Settings = { ...DEFAULT_SETTINGS, notify: { ...DEFAULT_SETTINGS.notify, level: 'all' } };
const down = statusOf({ code: 'down', cause: 'gateway-unreachable', since: T0 });

let statuses: GatewayStatus[];

async function openPresenter(settings = ALL): Promise<Presenter> {
  const presenter = await Presenter.open(
    {
      get snapshot(): Snapshot {
        return { statuses, storageProblem: null };
      },
    } as Fleet,
    settings,
  );
  await presenter.historian.loaded;
  return presenter;
}

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
  world.items.clear();
  world.isFull = false;
  for (const list of [world.shown, world.cleared, world.wakes, world.faces, world.sets]) list.length = 0;
  statuses = [statusOf({ since: T0 })];
});
afterEach(() => vi.useRealTimers());

describe('the presenter', () => {
  it('draws what suits the colours that a page saw, in the next worker too, unless the user chose', async () => {
    const presenter = await openPresenter();
    presenter.refresh();
    expect(world.sets.at(-1)).toBe('color');
    await presenter.see('dark');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.sets.at(-1)).toBe('color-on-dark');
    const next = await openPresenter();
    next.refresh();
    expect(world.sets.at(-1)).toBe('color-on-dark');
    await next.choose({ ...ALL, icons: 'on-light' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.sets.at(-1)).toBe('on-light');
  });

  it('tells an outage when it is confirmed, though nothing happens then, and takes it back', async () => {
    const presenter = await openPresenter();
    presenter.refresh();
    statuses = [down];
    presenter.refresh();
    expect(world.shown).toEqual([]);
    expect(world.wakes.at(-1)).toBe(T0 + MINUTE);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(world.shown).toEqual(['one down']);
    statuses = [statusOf({ since: T0 + 2 * MINUTE })];
    await vi.advanceTimersByTimeAsync(MINUTE);
    presenter.refresh();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.shown).toEqual(['one down', 'one back']);
  });

  it('does not tell again what another worker told', async () => {
    statuses = [statusOf({ code: 'needs-you', cause: 'gateway-secret-mismatch', since: T0 })];
    (await openPresenter()).refresh();
    expect(world.shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(SETTLED_AFTER_MS);
    (await openPresenter()).refresh();
    expect(world.shown).toEqual(['one needs-you']);
  });

  it('[H9] draws at once, and tells the history what a burst of diagnoses came to', async () => {
    const presenter = await openPresenter();
    presenter.refresh();
    const causes = ['connection-lost', 'handshake-failed', 'gateway-unreachable'] as const;
    for (const cause of causes) {
      statuses = [statusOf({ code: 'reconnecting', cause, since: T0 })];
      presenter.refresh();
      expect(world.faces.at(-1)).toBe(cause);
      await vi.advanceTimersByTimeAsync(100);
    }
    const recorded = () => historyItem('one').decode(world.items.get(historyItem('one').key));
    expect(recorded()).toMatchObject({ value: { incidents: [] } });
    await vi.advanceTimersByTimeAsync(SETTLED_AFTER_MS);
    expect(recorded()).toMatchObject({
      value: { incidents: [{ startedAt: T0, cause: 'gateway-unreachable' }] },
    });
    expect(world.wakes).toEqual([]);
  });

  it('sends pages what changed, and nothing twice', async () => {
    const presenter = await openPresenter();
    const seen: Snapshot[] = [];
    presenter.pages.add({ postMessage: (snapshot) => void seen.push(snapshot) });
    statuses = [statusOf({ since: T0 + 1 })];
    presenter.refresh();
    presenter.refresh();
    statuses = [down];
    presenter.refresh();
    expect(seen.map(({ statuses: [first] }) => first?.code)).toEqual(['healthy', 'down']);
  });

  it('[B6] in a crowd tells at intervals, the last of it too', async () => {
    const presenter = await openPresenter();
    const seen: Snapshot[] = [];
    // Each telling takes 5 ms.
    presenter.pages.add({
      postMessage: (snapshot) => {
        seen.push(snapshot);
        vi.advanceTimersByTime(5);
      },
    });
    for (let i = 0; i < 1_000; i += 1) {
      statuses = [statusOf({ since: T0, attempt: i + 1 })];
      presenter.refresh();
    }
    expect(seen).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(45);
    expect(seen.map(({ statuses: [first] }) => first?.attempt)).toEqual([1, 1_000]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen).toHaveLength(2);
  });

  it('keeps a choice, or refuses it and stays as it was', async () => {
    const presenter = await openPresenter(DEFAULT_SETTINGS);
    await presenter.choose(ALL);
    expect(settingsItem.decode(world.items.get('settings'))).toEqual({ type: 'value', value: ALL });
    world.isFull = true;
    await expect(presenter.choose(DEFAULT_SETTINGS)).rejects.toThrow('full');
    expect(presenter.settings).toEqual(ALL);
  });
});

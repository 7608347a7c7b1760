import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('../../../src/browser/api.ts', () => ({ default: { tabs: fakeTabs() } }));

const { default: browser } = (await import('../../../src/browser/api.ts')) as unknown as {
  default: { tabs: ReturnType<typeof fakeTabs> };
};
const { DashboardTabs } = await import('../../../src/browser/worker/dashboard-tabs.ts');

/** Tabs of one window, as a browser tells an extension of them that may not look into them. */
function fakeTabs() {
  const listenersOf = () => {
    const all = new Set<(...given: any[]) => unknown>();
    return {
      all,
      addListener: (each: (...given: any[]) => unknown) => void all.add(each),
      removeListener: (each: (...given: any[]) => unknown) => void all.delete(each),
    };
  };
  const open = new Set<number>();
  let front = 0;
  const tabs = {
    onActivated: listenersOf(),
    onUpdated: listenersOf(),
    onRemoved: listenersOf(),
    created: [] as string[],
    create: async ({ url }: { url: string }) => {
      const id = tabs.created.push(url);
      open.add(id);
      front = id;
      return { id };
    },
    get: async (id: number) => {
      if (!open.has(id)) throw new Error('no such tab');
      return { id, active: id === front };
    },
    async turnTo(id: number): Promise<void> {
      front = id;
      for (const each of tabs.onActivated.all) await each({ tabId: id, windowId: 1 });
    },
    load(id: number): void {
      for (const status of ['loading', 'complete'])
        for (const each of tabs.onUpdated.all) each(id, { status });
    },
    close(id: number): void {
      open.delete(id);
      for (const each of tabs.onRemoved.all) each(id, {});
    },
  };
  return tabs;
}

const URL = 'http://127.0.0.1:18789/nodes';
const { tabs } = browser;
const hears = () => tabs.onActivated.all.size + tabs.onUpdated.all.size + tabs.onRemoved.all.size;
let turns: string[];
let passed: string[];
let awaited: boolean;
const fresh = () =>
  new DashboardTabs({
    onTurn: (id) => void turns.push(id),
    onPassed: (id) => void passed.push(id),
    isAwaited: () => awaited,
  });

beforeEach(() => {
  turns = [];
  passed = [];
  awaited = true;
  tabs.onActivated.all.clear();
  tabs.onUpdated.all.clear();
  tabs.onRemoved.all.clear();
});

describe('[R23] a tab that we opened', () => {
  it('is in front until another one is, and each turn is told once', async () => {
    const dashboards = fresh();
    expect(dashboards.frontSince('one')).toBeNull();
    await dashboards.open('one', URL);
    const id = tabs.created.length;
    expect(tabs.created.at(-1)).toBe(URL);
    expect(dashboards.frontSince('one')).not.toBeNull();
    expect(dashboards.frontSince('two')).toBeNull();
    await tabs.turnTo(99);
    await tabs.turnTo(98);
    expect(dashboards.frontSince('one')).toBeNull();
    await tabs.turnTo(id);
    expect(dashboards.frontSince('one')).not.toBeNull();
    tabs.close(id);
    expect(dashboards.frontSince('one')).toBeNull();
    expect(turns).toEqual(['one', 'one', 'one', 'one']);
  });

  it('is all that is listened to: without one, and once nothing is expected of it, nothing wakes a worker', async () => {
    const dashboards = fresh();
    expect(hears()).toBe(0);
    await dashboards.open('one', URL);
    await dashboards.open('two', URL);
    expect(hears()).toBe(3);
    tabs.close(tabs.created.length);
    expect(hears()).toBe(3);
    awaited = false;
    await tabs.turnTo(99);
    expect(hears()).toBe(0);
    expect(dashboards.frontSince('one')).toBeNull();
  });

  it('that somebody else opened is none of ours', async () => {
    const dashboards = fresh();
    await dashboards.open('one', URL);
    turns.length = 0;
    tabs.close(1_000);
    expect(turns).toEqual([]);
  });
});

describe('[R25] a tab in which the user passes what stands on the way', () => {
  it('is worth a knock when it has loaded, when it is left and when it is closed', async () => {
    const dashboards = fresh();
    await dashboards.open('one', URL, 'way');
    const id = tabs.created.length;
    expect(passed).toEqual([]);
    tabs.load(id);
    expect(passed).toHaveLength(1);
    await tabs.turnTo(99);
    expect(passed).toHaveLength(2);
    await tabs.turnTo(id);
    expect(passed).toHaveLength(2);
    tabs.close(id);
    expect(passed).toEqual(['one', 'one', 'one']);
    expect(turns).toEqual([]);
    expect(hears()).toBe(0);
  });

  it('is not worth one for each load of a page that loads itself for ever', async () => {
    await fresh().open('one', URL, 'way');
    for (let load = 0; load < 50; load += 1) tabs.load(tabs.created.length);
    expect(passed).toHaveLength(8);
  });

  it('is a tab like any other once the way is free, and never one for approvals', async () => {
    const dashboards = fresh();
    await dashboards.open('one', URL, 'way');
    expect(dashboards.frontSince('one')).toBeNull();
    awaited = false;
    tabs.load(tabs.created.length);
    expect(hears()).toBe(0);
    expect(passed).toEqual([]);
  });

  it('and a load of one for approvals is nothing', async () => {
    await fresh().open('one', URL);
    for (let load = 0; load < 5; load += 1) tabs.load(tabs.created.length);
    expect(passed).toEqual([]);
  });
});

/** Other clients are read of where the user allowed it, and nowhere else. */
import { beforeEach, expect, it, vi } from 'vitest';
import { OthersWatch, type OthersWorld } from '../../src/background/others-watch.ts';
import type { Answer } from '../../src/gateway/read-methods.ts';
import { othersItem } from '../../src/storage/others-item.ts';
import { statusOf } from '../fixtures/statuses.ts';

const disk = new Map<string, unknown>();
const shown: string[] = [];
const counts: number[] = [];
let mayTell = false;

vi.mock('../../src/browser/storage.ts', () => ({
  isOfNewer: () => false,
  readItem: async (item: { key: string; decode: (raw: unknown) => unknown }) =>
    item.decode(disk.get(item.key)),
  writeItem: async (item: { key: string; encode: (value: unknown) => unknown }, value: unknown) =>
    void disk.set(item.key, item.encode(value)),
  removeItem: async (item: { key: string }) => void disk.delete(item.key),
}));
vi.mock('../../src/browser/device-identity.ts', () => ({ storedDeviceId: async () => 'a'.repeat(64) }));
vi.mock('../../src/browser/worker/notifications.ts', () => ({
  showOthersNotification: async (status: { gatewayId: string }, story: { code: string }, more: number) =>
    shown.push(`${status.gatewayId} ${story.code} ${more}`) > 0,
  clearOthersNotification: async (gatewayId: string) => void shown.push(`${gatewayId} cleared`),
}));
vi.stubGlobal('self', { location: { origin: 'chrome-extension://own' } });

const KEY = othersItem('one').key;
const refusal = (client: string): string =>
  JSON.stringify({
    '0': '{"subsystem":"gateway/ws"}',
    '1': {
      cause: 'unauthorized',
      handshake: 'failed',
      host: '127.0.0.1:18789',
      localPort: 18_789,
      authReason: 'token_mismatch',
      client,
    },
    time: new Date().toISOString(),
  });

const SINCE = Date.now() - 1_000;

const answered = (payload: unknown): Answer => ({ type: 'answered', payload });

function start(answers: Partial<Record<string, Answer>> = {}, serverVersion = '2026.9.6') {
  const asked: string[] = [];
  const world: OthersWorld = {
    async ask(_, method, params) {
      asked.push(params?.cursor === undefined ? method : `${method} from ${params.cursor}`);
      return answers[method] ?? { type: 'refused', code: 'INVALID_REQUEST' };
    },
    statuses: () => [statusOf({ provenAt: Date.now(), since: SINCE, serverVersion })],
    isWatched: () => false,
    mayTell: () => mayTell,
    counted: (rejected) => void counts.push(rejected),
  };
  return { watch: new OthersWatch(world), asked };
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
const kept = () =>
  (disk.get(KEY) as { value: { refused: unknown[]; visitors: unknown[]; blind: string | null } } | undefined)
    ?.value;

beforeEach(() => {
  disk.clear();
  shown.length = 0;
  counts.length = 0;
  mayTell = false;
});

it('asks nothing and keeps nothing without consent', async () => {
  const { watch, asked } = start();
  watch.look();
  watch.met('one', { presence: [{ reason: 'connect', host: 'box' }] });
  await settle();
  expect([asked, disk.size]).toEqual([[], 0]);
});

it('reads on from where it was, and keeps what counts', async () => {
  const lines = [refusal('openclaw-tui'), 'a chat', refusal('cli')];
  const { watch, asked } = start({
    'system.info': answered({ port: 18_789 }),
    'system-presence': answered([{ reason: 'connect', host: 'box', mode: 'node' }]),
    'logs.tail': answered({ cursor: 900, size: 900, lines }),
  });
  await watch.choose('one', true);
  await settle();
  expect(asked).toEqual(['system.info', 'system-presence', 'logs.tail']);
  expect(kept()).toMatchObject({
    refused: [{ client: 'openclaw-tui' }, { client: 'cli' }],
    visitors: [{ host: 'box' }],
  });
  expect(JSON.stringify(kept())).not.toContain('chat');
  watch.look();
  await settle();
  expect(asked.at(-1)).toBe('logs.tail from 900');
});

it.each([
  ['dev', 2],
  ['2026.5.28', 2],
  ['2026.8.1', 1],
])('[O11] a gateway that tells nobody who comes is asked once a minute: %s', async (version, lists) => {
  const { watch, asked } = start({ 'system-presence': answered([]) }, version);
  await watch.choose('one', true);
  await settle();
  watch.look();
  await settle();
  const inAMinute = Date.now() + 60_000;
  vi.useFakeTimers({ now: inAMinute, toFake: ['Date'] });
  watch.look();
  await settle();
  vi.useRealTimers();
  expect(asked.filter((method) => method === 'system-presence')).toHaveLength(lists);
});

it('[B7] a gateway that is slow to show its log is asked again after a minute, however often a page looks', async () => {
  const { watch, asked } = start({ 'logs.tail': { type: 'dropped', reason: 'too-slow' } });
  await watch.choose('one', true);
  await settle();
  watch.look();
  await settle();
  const asks = () => asked.filter((method) => method === 'logs.tail').length;
  expect(asks()).toBe(1);
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
  watch.look();
  await settle();
  vi.useRealTimers();
  expect(asks()).toBe(2);
});

it('[O11] while a page is open, a gateway that comes back is read of again', async () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  let code: 'down' | 'healthy' = 'down';
  const watch = new OthersWatch({
    async ask(_, method) {
      asked.push(method);
      return answered({ cursor: 1, size: 1, lines: [] });
    },
    statuses: () => [statusOf({ code, since: SINCE })],
    isWatched: () => true,
    mayTell: () => false,
    counted: () => {},
  });
  await watch.choose('one', true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
  code = 'healthy';
  await vi.advanceTimersByTimeAsync(2_100);
  expect(asked).toContain('logs.tail');
  vi.useRealTimers();
});

it('a gateway that does not answer the question is asked once over a connection, and that is told', async () => {
  const { watch, asked } = start();
  await watch.choose('one', true);
  await settle();
  watch.look();
  await settle();
  expect(asked.filter((method) => method === 'logs.tail')).toHaveLength(1);
  expect(kept()?.blind).toBe('refused');
});

it('what is dropped changes nothing', async () => {
  const { watch } = start({
    'logs.tail': { type: 'dropped', reason: 'too-slow' },
    'system-presence': answered('nonsense'),
  });
  await watch.choose('one', true);
  await settle();
  expect(kept()).toMatchObject({ refused: [], blind: null });
});

it('withdrawn, all that was kept is gone, and what comes late is not kept', async () => {
  const { watch } = start({ 'logs.tail': answered({ cursor: 9, size: 9, lines: [refusal('cli')] }) });
  await watch.choose('one', true);
  await settle();
  watch.look();
  await watch.choose('one', false);
  await settle();
  expect(disk.size).toBe(0);
  watch.met('one', { presence: [{ reason: 'connect', host: 'box' }] });
  await settle();
  expect(disk.size).toBe(0);
});

it('what could not be read is left as it is, until the user deletes it', async () => {
  disk.set(KEY, { version: 99, value: {} });
  const { watch, asked } = start();
  watch.look();
  await settle();
  expect([asked, disk.get(KEY)]).toEqual([[], { version: 99, value: {} }]);
  await watch.choose('one', false);
  expect(disk.size).toBe(0);
});

it('[N6] tells of who is refused again and again, once, leads to its card, and takes it back with the consent', async () => {
  const lines = [refusal('openclaw-tui'), refusal('openclaw-tui'), refusal('cli')];
  const { watch } = start({ 'logs.tail': answered({ cursor: 9, size: 9, lines }) });
  await watch.choose('one', true);
  await settle();
  expect([shown, counts.at(-1)]).toEqual([[], 2]);
  expect(await watch.told('one')).toBeNull();
  mayTell = true;
  watch.look();
  await settle();
  expect(shown).toEqual(['one gateway-secret-mismatch 1']);
  expect(await watch.told('one')).toMatch(/^client-\d+$/);
  watch.look();
  await settle();
  const { watch: next } = start();
  next.look();
  await settle();
  expect(shown).toHaveLength(1);
  expect(await next.told('one')).toBe(await watch.told('one'));
  await watch.choose('one', false);
  expect([shown.at(-1), counts.at(-1)]).toEqual(['one cleared', 0]);
});

it('[O13] what a clock noted that was ahead is set right by the next look, also while the gateway is away, and by a list', async () => {
  const newest = () => Math.max(...(JSON.stringify(kept()).match(/\d{13}/g) ?? []).map(Number));
  let code: 'down' | 'healthy' = 'healthy';
  const watch = new OthersWatch({
    ask: async () => answered({ cursor: 9, size: 9, lines: [refusal('cli')], presence: [] }),
    statuses: () => [statusOf({ code, provenAt: Date.now(), since: SINCE })],
    isWatched: () => false,
    mayTell: () => false,
    counted: () => {},
  });
  const now = Date.now();
  vi.useFakeTimers({ now: now + 86_400_000, toFake: ['Date'] });
  await watch.choose('one', true);
  await settle();
  vi.setSystemTime(now + 3_600_000);
  watch.met('one', { presence: [] });
  await settle();
  expect(newest()).toBe(now + 3_600_000);
  vi.setSystemTime(now);
  code = 'down';
  watch.look();
  await settle();
  expect(newest()).toBe(now);
  vi.useRealTimers();
});

it('tells and counts nothing of a look that was under way when the consent was withdrawn', async () => {
  mayTell = true;
  const { watch } = start({
    'logs.tail': answered({ cursor: 1, size: 10, lines: [refusal('openclaw-tui')] }),
  });
  await watch.choose('one', true);
  await watch.choose('one', false);
  await settle();
  expect(shown.filter((each) => !each.endsWith('cleared'))).toEqual([]);
  expect(counts.at(-1)).toBe(0);
  expect(disk.size).toBe(0);
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { send, subscribe } from '../../../src/browser/page/worker-link.ts';
import { STATUS_PORT } from '../../../src/messages.ts';
import { FakePort, fakeBrowser } from '../../fakes/browser-api.ts';
import { statusOf } from '../../fixtures/statuses.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const { runtime } = fakeBrowser;
const colours = Object.assign(new EventTarget(), { matches: false });
vi.stubGlobal('matchMedia', () => colours);
const COMMAND = { type: 'check', gatewayId: 'one' } as const;
const UNREACHABLE = { ok: false, problem: 'worker-unreachable' };
const snapshotOf = (...statuses: unknown[]) => ({ statuses, storageProblem: null });

let ports: FakePort[];

const lookings = (port: FakePort | undefined): string[] =>
  port?.postMessage.mock.calls.flatMap(([{ type, gatewayId }]) => (type === 'looking' ? gatewayId : [])) ??
  [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  runtime.id = 'an-id';
  ports = [];
  colours.matches = false;
  runtime.connect.mockImplementation(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  });
});

describe('the subscription', () => {
  it('hands on snapshots of the right shape and ignores all others', () => {
    const onSnapshot = vi.fn();
    const end = subscribe(onSnapshot);
    expect(runtime.connect).toHaveBeenCalledWith({ name: STATUS_PORT });
    const good = snapshotOf(
      statusOf(),
      statusOf({ notice: { kind: 'repaired', at: 1, cause: 'device-token-mismatch', tookMs: 2 } }),
    );
    ports[0]?.say(good);
    const bad = [
      null,
      'healthy',
      {},
      { statuses: {}, storageProblem: null },
      { statuses: [], storageProblem: 'other' },
      snapshotOf({ ...statusOf(), code: 'fine' }),
      snapshotOf({ ...statusOf(), cause: 'toString' }),
      snapshotOf({ ...statusOf(), since: '14:03' }),
      snapshotOf({ ...statusOf(), notice: { kind: 'repaired', at: 1, cause: 'offline' } }),
      snapshotOf(statusOf(), null),
    ];
    for (const message of bad) ports[0]?.say(message);
    expect(onSnapshot.mock.calls).toEqual([[good]]);
    end();
    expect(ports[0]?.disconnect).toHaveBeenCalled();
    ports[0]?.say(good);
    expect(onSnapshot).toHaveBeenCalledTimes(1);
  });

  it('[B5] says which gateway is shown, once, and again to the next worker', () => {
    let shown: string | null = null;
    const end = subscribe(
      ({ statuses }) => {
        shown = statuses[0]?.gatewayId ?? null;
      },
      () => shown,
    );
    ports[0]?.say(snapshotOf());
    expect(lookings(ports[0])).toEqual([]);
    ports[0]?.say(snapshotOf(statusOf()));
    ports[0]?.say(snapshotOf(statusOf()));
    expect(lookings(ports[0])).toEqual(['one']);
    ports[0]?.say(snapshotOf(statusOf({ gatewayId: 'two' })));
    expect(lookings(ports[0])).toEqual(['one', 'two']);
    ports[0]?.die();
    vi.advanceTimersByTime(100);
    ports[1]?.say(snapshotOf(statusOf()));
    expect(lookings(ports[1])).toEqual(['one']);
    end();
  });

  it('says whether the browser is light or dark, to every worker and when it changes', () => {
    const end = subscribe(() => {});
    const seen = { type: 'seeing', scheme: 'light' };
    expect(ports[0]?.postMessage.mock.calls).toEqual([[seen]]);
    colours.matches = true;
    colours.dispatchEvent(new Event('change'));
    expect(ports[0]?.postMessage).toHaveBeenLastCalledWith({ type: 'seeing', scheme: 'dark' });
    ports[0]?.die();
    vi.advanceTimersByTime(100);
    expect(ports[1]?.postMessage.mock.calls).toEqual([[{ type: 'seeing', scheme: 'dark' }]]);
    end();
    colours.dispatchEvent(new Event('change'));
    expect(ports[1]?.postMessage).toHaveBeenCalledOnce();
  });

  it('connects again when the worker goes away, each time later, at most 5 s', () => {
    const end = subscribe(() => {});
    for (const delay of [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]) {
      const before = ports.length;
      ports.at(-1)?.die();
      vi.advanceTimersByTime(delay - 1);
      expect(ports).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(ports).toHaveLength(before + 1);
    }
    ports.at(-1)?.say(snapshotOf());
    const before = ports.length;
    ports.at(-1)?.die();
    vi.advanceTimersByTime(100);
    expect(ports).toHaveLength(before + 1);
    end();
  });

  it('ends for good', () => {
    const end = subscribe(() => {});
    ports[0]?.die();
    end();
    vi.advanceTimersByTime(60_000);
    expect(ports).toHaveLength(1);
  });

  it('gives up when the extension is gone under its page', () => {
    subscribe(() => {});
    runtime.id = undefined;
    ports[0]?.die();
    vi.advanceTimersByTime(60_000);
    expect(ports).toHaveLength(1);
  });
});

describe('sending a command', () => {
  it('gives the reply', async () => {
    runtime.sendMessage.mockResolvedValue({ ok: true, gatewayId: 'one' });
    await expect(send(COMMAND)).resolves.toEqual({ ok: true, gatewayId: 'one' });
    expect(runtime.sendMessage).toHaveBeenCalledWith(COMMAND);
  });

  it('tries once more when the worker was dead', async () => {
    runtime.sendMessage.mockRejectedValueOnce(new Error('Receiving end does not exist.'));
    runtime.sendMessage.mockResolvedValueOnce({ ok: false, problem: 'unknown-gateway' });
    const reply = send(COMMAND);
    await vi.runAllTimersAsync();
    await expect(reply).resolves.toEqual({ ok: false, problem: 'unknown-gateway' });
  });

  it.each([undefined, null, {}, { ok: true }, { ok: false }, { ok: 1, gatewayId: null }])(
    'never throws: a reply of %j is none',
    async (answer) => {
      runtime.sendMessage.mockResolvedValue(answer);
      const reply = send(COMMAND);
      await vi.runAllTimersAsync();
      await expect(reply).resolves.toEqual(UNREACHABLE);
      expect(runtime.sendMessage).toHaveBeenCalledTimes(2);
    },
  );

  it('does not wait for a worker that hangs, and does not ask it twice', async () => {
    runtime.sendMessage.mockReturnValue(new Promise(() => {}));
    const reply = send(COMMAND);
    await vi.advanceTimersByTimeAsync(8_000);
    await expect(reply).resolves.toEqual(UNREACHABLE);
    expect(runtime.sendMessage).toHaveBeenCalledTimes(1);
  });
});

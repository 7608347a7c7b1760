import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Supervisor } from '../../src/background/supervisor.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  type Effect,
  initialState,
} from '../../src/gateway/state.ts';
import { CIRCUMSTANCES } from '../fixtures/connection.ts';
import { challenge, hello, T0 } from '../fixtures/play.ts';

/** A supervisor whose disk answers when the test says so. */
function setUp(initial: ConnectionState = initialState()) {
  const story: string[] = [];
  const saves: (() => void)[] = [];
  const supervisor = new Supervisor(initial, {
    run: (effect: Effect) => story.push(effect.type),
    save: () =>
      new Promise((done) => {
        story.push('saving');
        saves.push(() => {
          story.push('saved');
          done();
        });
      }),
    show: (state) => story.push(`shown ${state.phase.name}`),
    moment: () => ({ ...CIRCUMSTANCES, now: Date.now() }),
  });
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) {
      saves.shift()?.();
      await Promise.resolve();
    }
  };
  return { supervisor, story, saves, settle };
}

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const code = { type: 'setup-code-added', serial: 's', expiresAt: null } as const;

describe('Supervisor', () => {
  it('[C2] shows, then saves, then acts', async () => {
    const { supervisor, story, settle } = setUp();
    supervisor.dispatch(code);
    expect(story).toEqual(['shown knocking', 'saving']);
    await settle();
    expect(story).toEqual(['shown knocking', 'saving', 'saved', 'knock']);
  });

  it('handles events one at a time, in order, though the disk is slow', async () => {
    const { supervisor, story, settle } = setUp();
    supervisor.dispatch(code);
    supervisor.dispatch({ type: 'knock-answered' });
    expect(story).not.toContain('open-socket');
    await settle();
    expect(story.filter((line) => line === 'knock' || line === 'open-socket')).toEqual([
      'knock',
      'open-socket',
    ]);
    expect(supervisor.state.phase.name).toBe('handshaking');
  });

  it('looks at the clock when the next deadline comes, and not before', async () => {
    const { supervisor, story, settle } = setUp();
    supervisor.dispatch(code);
    await settle();
    supervisor.dispatch({ type: 'knock-failed', reason: 'refused' });
    await settle();
    story.length = 0;
    await vi.advanceTimersByTimeAsync(249);
    expect(story).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(story).toContain('knock');
  });

  it('asks a connected gateway by itself', async () => {
    const { supervisor, story, settle } = setUp();
    const socketEvents = [challenge(), hello()].map((event) => ({ ...event, generation: 1 }));
    for (const event of [code, { type: 'knock-answered' }, ...socketEvents]) {
      supervisor.dispatch(event as ConnectionEvent);
      await settle();
    }
    expect(supervisor.state.phase.name).toBe('connected');
    await vi.advanceTimersByTimeAsync(16_000);
    await settle();
    expect(story.at(-1)).toBe('ask');
  });

  it('[B1] what a socket says costs nothing where it changes nothing; a clock is looked at all the same', async () => {
    const { supervisor, story, settle } = setUp();
    supervisor.dispatch(code);
    supervisor.dispatch({ type: 'knock-answered' });
    supervisor.dispatch({ ...challenge(), generation: 1 } as ConnectionEvent);
    await settle();
    story.length = 0;
    for (let i = 0; i < 1_000; i += 1) {
      supervisor.dispatch({ ...challenge(), generation: 1 } as ConnectionEvent);
      supervisor.dispatch({ type: 'frame-received', generation: 1, latencyMs: null });
      supervisor.dispatch({ type: 'frame-received', generation: 7, latencyMs: null });
    }
    await settle();
    expect(story).toEqual([]);
    supervisor.dispatch({ type: 'clock-ticked' });
    expect(story).toEqual(['shown handshaking']);
  });

  it('does nothing more once it is stopped', async () => {
    const { supervisor, story, settle } = setUp();
    supervisor.dispatch(code);
    supervisor.stop();
    await settle();
    supervisor.dispatch(code);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(story).toEqual(['shown knocking', 'saving', 'saved']);
  });
});

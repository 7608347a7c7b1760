import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Inquiry } from '../../src/background/inquiry.ts';
import { type Answer, READ_METHODS } from '../../src/gateway/read-methods.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answered = (payload: unknown): Answer => ({ type: 'answered', payload });

function start() {
  const sent: { id: string; method: string }[] = [];
  const inquiry = new Inquiry((frame) => sent.push(JSON.parse(frame)));
  const hear = (at: number, payload: unknown): void =>
    inquiry.heard(sent[at]?.id ?? '', () => answered(payload));
  return { inquiry, sent, hear };
}

it('[B7] asks one question at a time, in order', async () => {
  const { inquiry, sent, hear } = start();
  const answers = Promise.all([inquiry.ask('health'), inquiry.ask('status')]);
  expect(sent.map(({ method }) => method)).toEqual(['health']);
  hear(0, 'first');
  expect(sent.map(({ method }) => method)).toEqual(['health', 'status']);
  hear(1, 'second');
  expect(await answers).toEqual([answered('first'), answered('second')]);
});

it('[B7] what takes too long is dropped, not asked again until its answer has come, and that is not even read', async () => {
  const { inquiry, sent, hear } = start();
  const late = inquiry.ask('config.get');
  const next = inquiry.ask('health');
  vi.advanceTimersByTime(READ_METHODS['config.get']);
  expect(await late).toEqual({ type: 'dropped', reason: 'too-slow' });
  hear(1, 'well');
  expect(await next).toEqual(answered('well'));
  expect(await inquiry.ask('config.get')).toEqual({ type: 'dropped', reason: 'too-slow' });
  expect(sent).toHaveLength(2);
  const read = vi.fn();
  inquiry.heard(sent[0]?.id ?? '', read);
  expect(read).not.toHaveBeenCalled();
  const again = inquiry.ask('config.get');
  hear(2, 'read');
  expect(await again).toEqual(answered('read'));
  expect(vi.getTimerCount()).toBe(0);
});

it('[B7] a socket that is gone answers nothing, and nobody waits for it', async () => {
  const { inquiry, sent } = start();
  const answers = Promise.all([inquiry.ask('health'), inquiry.ask('status')]);
  inquiry.end();
  const gone = { type: 'dropped', reason: 'not-connected' };
  expect(await answers).toEqual([gone, gone]);
  expect(await inquiry.ask('health')).toEqual(gone);
  expect(sent).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLiveFrame } from '../../src/gateway/protocol.ts';
import {
  answeredId,
  LARGEST_ANSWER,
  questionFrame,
  questionId,
  READ_METHODS,
  readAnswer,
} from '../../src/gateway/read-methods.ts';
import { ASK_EVERY_MS } from '../../src/gateway/recovery.ts';

const answer = (rest: object, id = questionId(7)): string => JSON.stringify({ type: 'res', id, ...rest });

describe('[B7] what may be asked', () => {
  it('reads, and nothing that holds what people say or store', () => {
    for (const method of Object.keys(READ_METHODS)) {
      expect(method).not.toMatch(/chat|session|memory|agent|send|set|patch|approve|reject|secret|wake|run$/i);
    }
  });

  it('each within the silence after which a gateway is asked for a sign of life', () => {
    for (const limit of Object.values(READ_METHODS)) expect(limit).toBeLessThan(ASK_EVERY_MS);
  });

  it('is one frame', () => {
    expect(JSON.parse(questionFrame('look-1', 'logs.tail', { limit: 2 }))).toEqual({
      type: 'req',
      id: 'look-1',
      method: 'logs.tail',
      params: { limit: 2 },
    });
  });
});

describe('[B7] an answer', () => {
  it.each([
    [
      { ok: true, payload: { a: 1 } },
      { type: 'answered', payload: { a: 1 } },
    ],
    [{ ok: true }, { type: 'answered', payload: undefined }],
    [
      { ok: false, error: { code: 'INVALID_REQUEST', message: 'unknown method' } },
      { type: 'refused', code: 'INVALID_REQUEST' },
    ],
    [
      { ok: false, error: { code: 'x'.repeat(65) } },
      { type: 'refused', code: null },
    ],
    [
      { ok: false, error: null },
      { type: 'refused', code: null },
    ],
    [{ ok: 'yes' }, { type: 'dropped', reason: 'malformed' }],
  ])('%o', (rest, expected) => {
    expect(readAnswer(answer(rest))).toEqual(expected);
  });

  it('that is larger than anything we read is dropped unread', () => {
    const huge = answer({ ok: true, payload: 'x'.repeat(LARGEST_ANSWER) });
    expect(readAnswer(huge)).toEqual({ type: 'dropped', reason: 'too-large' });
  });

  it('is found by its head, however long it is, and nobody else’s is taken for one', () => {
    expect(answeredId(answer({ ok: true, payload: 'x'.repeat(9_000_000) }))).toBe('look-7');
    expect(answeredId(answer({ ok: true }, 'ask-7'))).toBeNull();
    expect(answeredId(JSON.stringify({ type: 'event', event: 'agent', id: 'look-x' }))).toBeNull();
    expect(answeredId(`${' '.repeat(200)}"id":"look-7"`)).toBeNull();
  });

  it('after hello-ok is read only when somebody wants it', () => {
    const frame = parseLiveFrame(answer({ ok: true, payload: [1] }));
    expect(frame).toMatchObject({ type: 'answer', id: 'look-7' });
    expect(frame.type === 'answer' && frame.answer?.()).toEqual({ type: 'answered', payload: [1] });
  });

  it('never throws, whatever comes', () => {
    const raws = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => answer({ ok: true, payload: value }).slice(0, -1)),
      fc.jsonValue().map((error) => answer({ ok: false, error })),
    );
    fc.assert(fc.property(raws, (raw) => readAnswer(raw).type.length > 0));
  });
});

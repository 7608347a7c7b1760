import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askGateway } from '../../../src/browser/page/ask-gateway.ts';
import { questionSchema } from '../../../src/command-schema.ts';
import { parsed } from '../../../src/parse.ts';
import { fakeBrowser } from '../../fakes/browser-api.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const { runtime } = fakeBrowser;
const NOBODY = { type: 'dropped', reason: 'not-connected' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
});
afterEach(() => void vi.useRealTimers());

it('a question is one that the worker takes', async () => {
  const answer = { type: 'answered', payload: { lines: [] } };
  runtime.sendMessage.mockResolvedValue(answer);
  expect(await askGateway('one', 'logs.tail', { limit: 5 })).toEqual(answer);
  const [question] = runtime.sendMessage.mock.calls[0] ?? [];
  expect(parsed(questionSchema, question)).toEqual(question);
  expect(parsed(questionSchema, { ...question, method: 'chat.history' })).toBeUndefined();
});

it.each([
  ['refuses', () => Promise.reject(new Error('gone'))],
  ['says something else', () => Promise.resolve({ ok: true, gatewayId: 'one' })],
  ['says nothing', () => Promise.resolve(undefined)],
])('a worker that %s is a gateway that is not connected', async (_, reply) => {
  runtime.sendMessage.mockImplementation(reply);
  expect(await askGateway('one', 'health')).toEqual(NOBODY);
});

it('a worker that hangs is waited for half a minute', async () => {
  runtime.sendMessage.mockReturnValue(new Promise(() => {}));
  const answer = askGateway('one', 'health');
  vi.advanceTimersByTime(30_000);
  expect(await answer).toEqual(NOBODY);
});

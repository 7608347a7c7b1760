/** [B7] A page's question to a gateway. The worker passes it on over the connection that stands. */
import type { Answer, ReadParams, Topic } from '../../gateway/read-methods.ts';
import type { Question } from '../../messages.ts';
import browser from '../api.ts';

/** Milliseconds. The worker has limits of its own, and a page asks few questions at once. */
const ANSWERS_WITHIN_MS = 30_000;

const NOT_CONNECTED: Answer = { type: 'dropped', reason: 'not-connected' };

const isAnswer = (message: unknown): message is Answer =>
  ['answered', 'refused', 'dropped'].includes((message as { type?: unknown } | null)?.type as string);

/**
 * Asks one of the methods that only read, or what was announced.
 *
 * @returns never rejects: a worker that cannot be reached is a gateway that is not connected. The payload is what the
 *   gateway says, unread: reduce it at once to what is needed.
 */
export async function askGateway(gatewayId: string, method: Topic, params: ReadParams = {}): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(NOT_CONNECTED), ANSWERS_WITHIN_MS);
  });
  const question: Question = { type: 'ask-gateway', gatewayId, method, params: { ...params } };
  const answer = browser.runtime.sendMessage(question).then(
    (message: unknown) => (isAnswer(message) ? message : NOT_CONNECTED),
    () => NOT_CONNECTED,
  );
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

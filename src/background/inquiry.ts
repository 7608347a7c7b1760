/** [B7] The questions that are asked over one socket, one after the other. None of them touches the connection. */
import {
  type Answer,
  questionFrame,
  questionId,
  READ_METHODS,
  type ReadMethod,
  type ReadParams,
} from '../gateway/read-methods.ts';

const dropped = (reason: (Answer & { type: 'dropped' })['reason']): Answer => ({ type: 'dropped', reason });

interface Question {
  readonly method: ReadMethod;
  readonly params: ReadParams;
  readonly settle: (answer: Answer) => void;
}

export class Inquiry {
  readonly #send: (frame: string) => void;
  readonly #waiting: Question[] = [];
  /** What took too long, and may hold up everybody at that gateway still: by the id of the question, until its answer comes. */
  readonly #slow = new Map<string, ReadMethod>();
  #open: { id: string; question: Question; timer: ReturnType<typeof setTimeout> } | null = null;
  #asked = 0;
  #isOver = false;

  constructor(send: (frame: string) => void) {
    this.#send = send;
  }

  /** The gateway owes us an answer. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Never rejects. A question waits for those before it. */
  ask(method: ReadMethod, params: ReadParams = {}): Promise<Answer> {
    return new Promise((settle) => {
      this.#waiting.push({ method, params, settle });
      this.#next();
    });
  }

  /** The gateway's answer to a question. One that nobody waits for any more is not read: it proves that the work is over. */
  heard(id: string, answer: () => Answer): void {
    this.#slow.delete(id);
    if (this.#open?.id === id) this.#settle(answer());
  }

  /** The socket is gone. */
  end(): void {
    this.#isOver = true;
    if (this.#open) this.#settle(dropped('not-connected'));
    else this.#next();
  }

  #settle(answer: Answer): void {
    if (!this.#open) return;
    const { question, timer } = this.#open;
    clearTimeout(timer);
    this.#open = null;
    question.settle(answer);
    this.#next();
  }

  #next(): void {
    while (this.#open === null) {
      const question = this.#waiting.shift();
      if (!question) return;
      if (this.#isOver) question.settle(dropped('not-connected'));
      else if ([...this.#slow.values()].includes(question.method)) question.settle(dropped('too-slow'));
      else this.#put(question);
    }
  }

  #put(question: Question): void {
    this.#asked += 1;
    const id = questionId(this.#asked);
    const timer = setTimeout(() => {
      this.#slow.set(id, question.method);
      this.#settle(dropped('too-slow'));
    }, READ_METHODS[question.method]);
    this.#open = { id, question, timer };
    this.#send(questionFrame(id, question.method, question.params));
  }
}

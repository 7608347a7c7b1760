/** One short visit at a relay's WebSocket: hello, challenge, goodbye. It takes nobody's place (docs/gateway.md, Browser Relay). */
import type { Sight } from '../../relay/look.ts';
import {
  answersHello,
  helloFrame,
  parseRelayFrame,
  RELAY_SUBPROTOCOL,
  type RelayQuestion,
  signedText,
} from '../../relay/protocol.ts';
import { toBase64Url } from '../bytes.ts';
import { inTurn } from './dial.ts';
import type { RelayKey } from './relay-key.ts';

/** Milliseconds from dialling to the answer. Relays on this computer take 5, far ones a few hundred. */
const ANSWER_WITHIN_MS = 4_000;

export interface Visit {
  readonly sight: Sight;
  /** Its own words or close code, as they came. */
  readonly words: string | null;
  /** See `Observation.instance`. */
  readonly instance: string | null;
}

const visit = (sight: Sight, words: string | null = null, instance: string | null = null): Visit => ({
  sight,
  words,
  instance,
});

/** Fresh random bytes for every question: a relay answers each only once. */
export const relayQuestion = (keyId?: string): RelayQuestion => ({
  // A key that nobody has: what refuses it in the relay's words is a relay.
  keyId: keyId ?? toBase64Url(crypto.getRandomValues(new Uint8Array(32))).slice(0, 22),
  clientNonce: toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
});

/**
 * Says hello and hangs up on the answer. Never answers a challenge: only that would make us the extension.
 *
 * @param address with the profile in its query, if any
 * @param key `null` only asks whether a relay is there. The key itself does not leave this computer
 */
export function visitRelay(address: string, key: RelayKey | null): Promise<Visit> {
  const question = relayQuestion(key?.id);
  const { promise, resolve } = Promise.withResolvers<Visit>();
  inTurn(() => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(address, RELAY_SUBPROTOCOL);
    } catch {
      resolve(visit('not-upgraded'));
      return null;
    }
    let isOpen = false;
    let isAnswered = false;
    const timer = setTimeout(() => {
      resolve(visit('silent'));
      socket.close(1000);
    }, ANSWER_WITHIN_MS);
    socket.onopen = () => {
      isOpen = true;
      socket.send(helloFrame(question));
    };
    socket.onmessage = ({ data }) => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(timer);
      socket.close(1000);
      void judge(String(data)).then(resolve);
    };
    socket.onclose = ({ code, reason }) => {
      clearTimeout(timer);
      if (isAnswered) return;
      resolve(isOpen ? parting(code, reason, key !== null) : visit('not-upgraded'));
    };
    return socket;
  });

  async function judge(text: string): Promise<Visit> {
    const frame = parseRelayFrame(text);
    if (frame.type !== 'challenge') return visit(frame.type);
    const { challenge } = frame;
    const isProof =
      key !== null &&
      challenge !== null &&
      answersHello(challenge, question, new URL(address).pathname + new URL(address).search) &&
      (await key.hasProved(signedText(challenge, 'server'), challenge.serverProof));
    return isProof ? visit('proved', null, challenge.instanceId) : visit('unproved');
  }

  return promise;
}

/** What the close of a socket says that had opened and never spoke. */
function parting(code: number, reason: string, isKeyShown: boolean): Visit {
  const words = `${code} ${reason}`.trim();
  if (code === 4013) return visit('busy', words);
  // Of a key that nobody has it says nothing worth telling.
  if (code === 4003) return isKeyShown ? visit('key-refused', words) : visit('relay');
  if (code === 4008) return visit('silent', words);
  return visit('foreign', words);
}

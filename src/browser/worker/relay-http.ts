/** What a relay tells over HTTP. All but the legacy status needs the permission to read its host. */
import type { Observation, Sight } from '../../relay/look.ts';
import {
  challengeRequest,
  completeRequest,
  HTTP_SEQUENCE,
  parseLegacyStatus,
  parseRelayFrame,
  signedText,
} from '../../relay/protocol.ts';
import { TRACELESS } from '../traceless.ts';
import type { RelayKey } from './relay-key.ts';
import { relayQuestion } from './relay-socket.ts';

/** Milliseconds for one answer. */
const ANSWER_WITHIN_MS = 2_000;

/** How a relay's page answers a request that is no WebSocket. */
const UPGRADE_REQUIRED = 426;
/** The mark of the Control UI, which every gateway serves at addresses that nothing else has. */
const CONTROL_UI = 'data-openclaw-';

export interface RouteReading {
  readonly sight: Sight;
  readonly attached: Observation['attached'];
}

const read = (sight: Sight, attached: Observation['attached'] = 'unseen'): RouteReading => ({
  sight,
  attached,
});

/** Asks for a page; `null` if the browser will not let us read it, or nobody answers. */
async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; text: string } | null> {
  try {
    const response = await fetch(url, {
      ...TRACELESS,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...init,
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

/** The page at the relay's address on the gateway's own port. */
export async function readRoute(url: string): Promise<RouteReading> {
  const page = await ask(url);
  if (page === null) return read('listens');
  if (page.status === UPGRADE_REQUIRED) return read('relay');
  return read(page.text.includes(CONTROL_UI) ? 'gateway' : 'foreign');
}

/**
 * The relay's own port, up to 2026.3.13: a status for everybody. Versions from 2026.3 let every extension read it,
 * those before only one with permission.
 */
export async function readLegacyStatus(url: string): Promise<RouteReading> {
  const page = await ask(url);
  if (page === null) return read('listens');
  const status = parseLegacyStatus(page.text);
  return status === null ? read('foreign') : read('relay', status.isAttached ? 'yes' : 'no');
}

/**
 * The relay's own port, 2026.7: every page asks for the key. The key is shown only where a person has asked for it, on
 * this computer, and only with this request: a WebSocket with it would throw the official extension out.
 *
 * @param key `null` if we hold none for this relay
 */
export async function readFirstNew(origin: string, key: RelayKey | null): Promise<RouteReading> {
  const url = origin + HTTP_SEQUENCE.version;
  const page = await ask(url);
  if (page === null) return read('listens');
  if (page.status !== 401) return read('foreign');
  if (key === null) return read('relay');
  const shown = await ask(url, { headers: { Authorization: key.bearer() } });
  switch (shown?.status) {
    case 200:
      return read('proved', 'yes');
    case 503:
      return read('proved', 'no');
    case 401:
      return read('key-refused');
    default:
      return read('relay');
  }
}

/**
 * Whether the official extension is attached to a current relay. Three requests that have to share a connection; one
 * more, which the relay refuses, ends that connection before anybody else is given it.
 */
export async function readAttachment(origin: string, key: RelayKey): Promise<Observation['attached']> {
  const question = relayQuestion(key.id);
  const asked = await ask(origin + HTTP_SEQUENCE.challenge, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: challengeRequest(question),
  });
  const frame = parseRelayFrame(asked?.text ?? '');
  if (frame.type !== 'challenge' || frame.challenge === null) return 'unseen';
  const { challenge } = frame;
  const isOurs =
    challenge.keyId === question.keyId &&
    challenge.clientNonce === question.clientNonce &&
    challenge.flow === 'cdp' &&
    (await key.hasProved(signedText(challenge, 'server'), challenge.serverProof));
  if (!isOurs) return 'unseen';
  const completed = await ask(origin + HTTP_SEQUENCE.complete, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: completeRequest(challenge.sessionId, await key.prove(signedText(challenge, 'client'))),
  });
  if (completed?.status !== 200) return 'unseen';
  const version = await ask(origin + HTTP_SEQUENCE.version);
  if (version?.status === 503) return 'no';
  if (version?.status !== 200) return 'unseen';
  await ask(`${origin}/`);
  return 'yes';
}

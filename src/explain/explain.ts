/**
 * What does a text say in which somebody saw an error? One line or a whole terminal, of any client and version.
 *
 * - X1 Nothing pasted throws, is fetched, or is kept; a million characters take as long as they are many.
 * - X2 Secrets are masked before anything else is read. What comes out is our own codes and values that match a strict
 *   pattern: no word of the text.
 * - X3 A refusal is named by {@link diagnose}, as one of ours would be: the detail code first, then the gateway's words,
 *   a close code last.
 * - X4 A line of the gateway's log speaks of the client that it names, and of nobody where it names none. Elsewhere the
 *   program that was named last is the one that speaks.
 * - X5 One client and one cause are one statement, however often it is told; its newest request id counts. A line that
 *   names no client adds none where a client is known to have the same.
 * - X6 What says least ("closed 1006") is left out beside what says more.
 * - X7 A text without anything that is known gives no statement. Nothing is guessed: what any program may say of the
 *   network counts where it is said of a gateway.
 */
import {
  readConnectPairingRequiredMessage,
  resolveAuthConnectErrorDetailCode,
  resolveDeviceAuthConnectErrorDetailCode,
} from '@openclaw/gateway-protocol/connect-error-details';
import { diagnose } from '../gateway/diagnosis.ts';
import { failureFromClose } from '../gateway/protocol.ts';
import { redact } from '../pairing/redact.ts';
import type { Platform } from '../remedy/types.ts';
import { addressIn, closeCodeIn, providedIn, requestIdIn, versionIn } from './facts.ts';
import { loggedCredential } from './logged-credential.ts';
import {
  BY_CLOSE_CODE,
  CLIENT_IDS,
  CLIENT_SIGNS,
  FAULTS,
  FAULTS_ON_THE_WAY,
  firstOf,
  LISTENS,
  LOGGED,
  LOGGED_ORIGINS,
  PLATFORM_SIGNS,
  PRINTED_BY_ALL,
  PROGRAMS,
  VAGUE,
} from './signs.ts';
import {
  GATEWAY_TAG,
  gatewaysIn,
  isOfAnother,
  isOfGateway,
  type NamedGateways,
  namesGateway,
  OWN_TAG,
  PROMPT,
} from './subject.ts';
import type { ClientKind, Explained, ExplainedCode, Statement } from './types.ts';

/** UTF-16 units. Of more than that the end is read: what is newest stands there. */
const LONGEST = 1_000_000;

/** Characters of a line that are read. No refusal is longer, and a line may be a whole file. */
const LONGEST_LINE = 20_000;

/** Lines within which what stands alone belongs to the error before it. */
const NEAR = 12;

/** More of them are none that a person could act on. */
const MOST_STATEMENTS = 8;

/** Colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const COLOURS = /\u001b\[[\d;?]*[A-Za-z]/g;
const INVISIBLE = /[\p{Cf}]/gu;

/** Explains a pasted text. Pure, and never throws. */
export function explain(text: string): Explained {
  const plain = text.slice(-LONGEST).replace(COLOURS, '').replace(INVISIBLE, '');
  const masked = redact(plain);
  const reader = new Reader(gatewaysIn(masked));
  for (const line of wholeLines(masked)) reader.read(line.replaceAll('\\"', '"'));
  return reader.explained(masked !== plain);
}

/** The end of a line that a record goes on after, and how it goes on: as a member, or with its end. */
const OPEN = /[{[,]\s{0,8}$/;
const MEMBER = /^\s{0,80}(?:["'][\w$.-]{1,60}["']\s?:|[\w$]{1,60}: |["'][^"']{0,80}["'],?\s{0,8}$|[}\]])/;
const END = /^\s{0,80}[}\]]/;

/** A row of a table that OpenClaw draws, whose first cell is empty: it goes on with the row before it. */
const ROW_GOES_ON = /^\s{0,8}[│|]\s{2,80}[│|]\s/;
const BARS = /\s{0,200}[│|]\s{0,200}/g;

/** The lines of a text; what was printed over many is one: a record, or the row of a table. */
function* wholeLines(text: string): Generator<string> {
  let whole = '';
  let isRecord = false;
  for (const line of text.split(/[\r\n]+/)) {
    const isRow = ROW_GOES_ON.test(line);
    const isMember: boolean =
      (OPEN.test(whole.slice(-9)) && MEMBER.test(line)) || (isRecord && END.test(line));
    const goesOn: boolean = whole.length < LONGEST_LINE && (isRow || isMember);
    if (goesOn) whole += ` ${isRow ? line.replace(BARS, ' ').trim() : line.trim()}`;
    else {
      yield whole.slice(0, LONGEST_LINE);
      whole = line.includes('│') ? line.replace(BARS, ' ') : line;
    }
    isRecord = goesOn && !isRow;
  }
  yield whole.slice(0, LONGEST_LINE);
}

interface Mention {
  code: ExplainedCode;
  client: ClientKind;
  isLogged: boolean;
  /** The log tells of one refusal on several lines; this is the one that every refusal has. */
  isClose: boolean;
  line: number;
  closeCode: number | null;
  words: string[];
  requestId: string | null;
  address: string | null;
}

class Reader {
  readonly #mentions: Mention[] = [];
  readonly #gateways: NamedGateways;
  #line = 0;
  /** The last line that spoke of a gateway. */
  #gatewayAt = Number.NEGATIVE_INFINITY;
  #speaker: ClientKind = 'unknown';
  #version: string | null = null;
  #place: Platform | null = null;

  constructor(gateways: NamedGateways) {
    this.#gateways = gateways;
  }

  read(line: string): void {
    this.#line += 1;
    this.#version = versionIn(line) ?? this.#version;
    this.#place ??= firstOf(PLATFORM_SIGNS, line);
    const isLogged = LOGGED.test(line);
    const named = isLogged
      ? (firstOf(LOGGED_ORIGINS, line) ?? firstOf(CLIENT_IDS, line))
      : (firstOf(CLIENT_SIGNS, line) ?? this.#byWhatAllPrint(line));
    if (named !== null && !isLogged) this.#speaker = named;
    const isNear = this.#isNearGateway(line, named);
    const { code, words } = faultIn(line, isOfGateway(line, isNear, this.#gateways));
    const facts = { closeCode: closeCodeIn(line), requestId: requestIdIn(line), address: addressIn(line) };
    if (code === null) {
      if (isOfAnother(line)) return;
      this.#complete({ ...facts, words }, named);
      return;
    }
    const speaker = code === 'port-taken' && LISTENS.test(line) ? 'gateway' : this.#speaker;
    this.#mentions.push({
      ...facts,
      code,
      client: named ?? (isLogged ? 'unknown' : speaker),
      isLogged,
      isClose: line.includes('closed before connect'),
      line: this.#line,
      words,
    });
  }

  /** Whether the program that speaks speaks to a gateway, as far as the last lines tell. */
  #isNearGateway(line: string, client: ClientKind | null): boolean {
    const isClient = client !== null && client !== 'sub-agent' && client !== 'gateway';
    const isSpokenOf = namesGateway(line) || OWN_TAG.test(line) || (isClient && !isOfAnother(line));
    if (GATEWAY_TAG.test(line) || (!isSpokenOf && PROMPT.test(line)))
      this.#gatewayAt = Number.NEGATIVE_INFINITY;
    else if (isSpokenOf) this.#gatewayAt = this.#line;
    return this.#line - this.#gatewayAt <= NEAR;
  }

  #byWhatAllPrint(line: string): ClientKind | null {
    return PRINTED_BY_ALL.test(line) && !PROGRAMS.includes(this.#speaker) ? 'cli' : null;
  }

  /** What stands alone on a line belongs to the error before it, and to what says more before that. */
  #complete(
    facts: Pick<Mention, 'closeCode' | 'requestId' | 'address' | 'words'>,
    client: ClientKind | null,
  ): void {
    for (let at = this.#mentions.length - 1; at >= 0; at -= 1) {
      const mention = this.#mentions[at];
      if (mention === undefined || this.#line - mention.line > NEAR) return;
      mention.closeCode ??= facts.closeCode;
      mention.requestId ??= facts.requestId;
      mention.address ??= facts.address;
      mention.words.push(...facts.words);
      if (mention.client === 'unknown' && !mention.isLogged && client !== null) mention.client = client;
      if (!VAGUE.includes(mention.code)) return;
    }
  }

  explained(hasSecret: boolean): Explained {
    const statements = merge(this.#mentions).slice(0, MOST_STATEMENTS);
    return { statements, version: this.#version, place: this.#place, hasSecret };
  }
}

/** Detail codes of `error.details.code`: of those that mean nothing to us alone, none. */
const DETAIL_CODE =
  /\b(?:AUTH_[A-Z_]{4,60}|DEVICE_(?:AUTH|IDENTITY)_[A-Z_]{4,60}|CONTROL_UI_[A-Z_]{4,60}|PAIRING_REQUIRED|PROTOCOL_MISMATCH|CLIENT_VERSION_MISMATCH)\b/;

/** The finer reasons of the gateway's log and of `error.details`. */
const REASON =
  /\b(?:(?:device_)?(?:token|password)_(?:mismatch|missing(?:_config)?)|bootstrap_token_invalid|scope_mismatch|rate_limited|tailscale_[a-z_]{4,40}|trusted_proxy_[a-z_]{4,60}|device-(?:id-mismatch|signature(?:-stale)?|nonce-(?:missing|mismatch)|public-key))\b/;

const PAIRING_REASON = /\b(?:not-paired|role-upgrade|scope-upgrade|metadata-upgrade)\b/;

/**
 * What a line says went wrong, and the gateway's own terms for it; `null` if it says nothing of the kind.
 *
 * @param isOfTheWay [X7] what it says of the network is said of a gateway
 */
function faultIn(line: string, isOfTheWay: boolean): { code: ExplainedCode | null; words: string[] } {
  const written = DETAIL_CODE.exec(line)?.[0] ?? null;
  const reason = REASON.exec(line)?.[0] ?? null;
  const words = [written, reason].filter((word) => word !== null);
  const named = refusalIn(line, written, reason);
  if (named !== 'unknown-refusal') return { code: named, words };
  const closeCode = isOfAnother(line) ? null : closeCodeIn(line);
  const byCode = closeCode === null ? undefined : BY_CLOSE_CODE.get(closeCode);
  const unknown = words.length > 0 ? 'unknown-refusal' : null;
  const onTheWay = isOfTheWay ? firstOf(FAULTS_ON_THE_WAY, line) : null;
  return { code: firstOf(FAULTS, line) ?? onTheWay ?? byCode ?? unknown, words };
}

/** [X3] The line as the refusal of a connect. */
function refusalIn(line: string, written: string | null, reason: string | null): ExplainedCode {
  const inWords = failureFromClose(line);
  const pairingReason = PAIRING_REASON.exec(line)?.[0] ?? null;
  const isPairing =
    written === 'PAIRING_REQUIRED' || /\bpairing-required\b|\bdevice access upgrade\b/.test(line);
  const pairing = isPairing
    ? { reason: pairingReason ?? inWords.pairing?.reason ?? null, requestId: null }
    : // Command lines from 2026.8 on have words of their own for it.
      (inWords.pairing ?? pairingIn(line));
  const isUnavailable = /\bUNAVAILABLE\b/.test(line);
  return diagnose(
    {
      ...inWords,
      errorCode: isUnavailable ? 'UNAVAILABLE' : null,
      isRetryable: isUnavailable,
      detailCode: written ?? detailCodeOf(reason),
      detailReason: reason,
      pairing,
      expectedProtocol: null,
    },
    loggedCredential(providedIn(line), reason),
  );
}

function pairingIn(line: string): { reason: string | null; requestId: null } | null {
  const read = readConnectPairingRequiredMessage(line);
  return read && { reason: read.reason ?? null, requestId: null };
}

function detailCodeOf(reason: string | null): string | null {
  if (reason === null) return null;
  return reason.startsWith('device-')
    ? resolveDeviceAuthConnectErrorDetailCode(reason)
    : resolveAuthConnectErrorDetailCode(reason);
}

/** [X5] [X6] One statement for each client and cause, the last first. */
function merge(mentions: readonly Mention[]): Statement[] {
  const isKnown = mentions.some(({ code }) => !VAGUE.includes(code));
  const telling = mentions.filter(({ code }) => !isKnown || !VAGUE.includes(code));
  /** Who has which cause: a line that names nobody adds nobody where one client is known to have it. */
  const known = new Map<ExplainedCode, Set<ClientKind>>();
  for (const { code, client } of telling)
    if (client !== 'unknown') known.set(code, (known.get(code) ?? new Set()).add(client));
  const byKey = new Map<string, Statement>();
  for (const { code, client, isClose, closeCode, words, requestId, address } of telling) {
    const [other, ...more] = client === 'unknown' ? (known.get(code) ?? []) : [];
    if (more.length > 0) continue;
    const who = other ?? client;
    const key = `${who} ${code}`;
    const before = byKey.get(key);
    byKey.delete(key);
    byKey.set(key, {
      code,
      client: who,
      count: (before?.count ?? 0) + (isClose ? 1 : 0),
      closeCode: closeCode ?? before?.closeCode ?? null,
      words: [...new Set([...(before?.words ?? []), ...words])].slice(0, 3),
      requestId: requestId ?? before?.requestId ?? null,
      address: address ?? before?.address ?? null,
    });
  }
  return [...byKey.values()].reverse();
}

/**
 * What did the user paste? Every text that OpenClaw prints, of every era, by name (docs/gateway.md).
 *
 * - P1 Nothing pasted throws, blocks, is fetched, or reaches a string other than a {@link Secret}.
 * - P2 A setup code is the best there is: it wins over everything else in the same text.
 * - P3 A relay pairing string is recognised and never used as a gateway secret: it holds the relay's key. Without a
 *   whole key it is of no use.
 * - P4 What only another program can use is named, not tried: owner, join, share and deep links.
 * - P5 A secret comes with the address it was printed with, else with the address of the user's gateway.
 * - P6 A secret in a link is percent-decoded; `+` stays `+`, for no token of OpenClaw contains a space.
 * - P7 A command is not its output: an address in its options is no answer.
 * - P8 A bare secret is one word of 8 to 512 printable ASCII characters that looks like nothing else, and like no URL.
 * - P9 An address that {@link parseGatewayAddress} refuses is refused with everything that came with it.
 * - P10 What is no secret is none, in whichever field: request ids, chat pairing codes, placeholders, variables, codes and
 *   lines of errors, commands, addresses, versions, the prompt of a shell, and what certainly is another service's
 *   (`no-secret.ts`). A name before it (`token: …`) says otherwise, but of a placeholder; of what another service made, only
 *   a name that says whose it is (`Gateway token: …`).
 * - P11 A setup code or link that takes no decision goes as soon as it is pasted: not a bare secret, which any word may be,
 *   nothing for another gateway than the card's, nothing unencrypted over a network, and no secret for another computer.
 * - P12 What may be a secret and may be anything, being short or having spaces, is asked for in the field for secrets.
 * - P13 A name before a value proves that it is a secret, however short. The name and the quotes around the value are no part
 *   of it: a gateway counts each try with them as a wrong secret.
 * - P14 Of a configuration only `gateway.auth` counts: channels and plugins have tokens, too. Of several nothing is guessed.
 */
import { Secret } from '../secret.ts';
import { DEFAULT_ADDRESS, parseGatewayAddress } from './address.ts';
import { findLabelled, keyBefore, mayBeGateways } from './labelled.ts';
import { isForeign, isPlaceholder, isShellLine, mayBeSecret, notASecret } from './no-secret.ts';
import { isRecord, type Link, type Paste, readPaste } from './paste.ts';
import type {
  GatewaySecretPaste,
  NotUsablePaste,
  PasteDefaults,
  PasteProblem,
  ProblemPaste,
  Recognised,
} from './recognised.ts';
import { findSetupCode, readPayload, type SetupPayload } from './setup-code.ts';

/** Longer than the whole output of any command that prints a link, in UTF-16 units. */
export const MAX_PASTE_LENGTH = 8192;

/**
 * Names what was pasted, and takes the secret out of it. Pure: opens nothing, and never throws.
 * Secrets of a result are in a {@link Secret}; every other field may be shown.
 */
export function recognise(text: string, defaults: PasteDefaults = {}): Recognised {
  if (text.length > MAX_PASTE_LENGTH) return problem('too-long');
  const paste = readPaste(text);
  if (paste.text === '') return problem('empty');
  for (const form of FORMS) {
    const found = form(paste, defaults);
    if (found) return found;
  }
  return problem('not-recognised');
}

/** One thing that people paste: looks for it in the whole paste, and says `null` if it is not there. */
type Form = (paste: Paste, defaults: PasteDefaults) => Recognised | null;

const problem = (code: PasteProblem): ProblemPaste => ({ kind: 'problem', problem: code });

const setupCode: Form = ({ record, words }, { now }) => {
  const printed = record && readPayload(record);
  const found = printed ? { payload: printed } : findSetupCode(words);
  if (found === null) return null;
  return found === 'damaged' ? problem('damaged-setup-code') : fromPayload(found.payload, now);
};

function fromPayload({ addresses, credential, value, expiresAt }: SetupPayload, now?: number): Recognised {
  if (now !== undefined && expiresAt !== null && expiresAt <= now) return problem('expired-setup-code');
  const usable = addresses.find((address) => parseGatewayAddress(address).ok) ?? addresses[0] ?? '';
  if (credential !== 'bootstrap-token') return gatewaySecret('old-setup-code', usable, credential, value);
  const parsed = parseGatewayAddress(usable);
  if (!parsed.ok) return problem(parsed.problem);
  const { url: address, reach } = parsed.address;
  return { kind: 'setup-code', address, reach, setupCode: new Secret(value), expiresAt };
}

/** In the words of every version (2026.2.21 to 9.6). */
const loopbackOnly: Form = ({ text }) =>
  /\bgateway is only bound to loopback\b/i.test(text) ? problem('loopback-only') : null;

/** Its path binds the key: `/extension` on the relay's own port, `/browser/extension` on the gateway's. */
const RELAY_PATH = /^\/extension\/?$|\/browser\/extension\/?$/;
const JOIN_PATH = /\/j\/[\w-]+$/;

/** A form that a URL shows by itself, and the text that names its gateway. */
function unusableLink(
  what: NotUsablePaste['what'],
  isIt: (url: URL) => boolean,
  gatewayOf: (url: URL) => string,
): Form {
  return ({ links }) => {
    const url = links.find((link) => link.url && isIt(link.url))?.url;
    if (!url) return null;
    const parsed = parseGatewayAddress(gatewayOf(url));
    return { kind: 'not-usable', what, gatewayAddress: parsed.ok ? parsed.address.url : null };
  };
}

const RELAY_KEY = /^#([0-9a-f]{64})$/;
const PROFILE = /^[\w.-]{1,64}$/;

/** The relay's own port tells nothing for certain about the gateway's. */
const gatewayOfRelay = (url: URL): string =>
  parameter(url, 'gateway') ?? (url.pathname.startsWith('/extension') ? '' : below(url, RELAY_PATH));

const relayKey: Form = ({ links }) => {
  const url = links.find((link) => link.url && RELAY_PATH.test(link.url.pathname))?.url;
  const [, key] = RELAY_KEY.exec(url?.hash ?? '') ?? [];
  const profile = url?.searchParams.get('profile') ?? null;
  if (!url || key === undefined || (profile !== null && !PROFILE.test(profile))) return null;
  const relay = parseGatewayAddress(`${url.origin}${url.pathname}`);
  if (!relay.ok) return problem(relay.problem);
  const gateway = parseGatewayAddress(gatewayOfRelay(url));
  return {
    kind: 'relay-key',
    relayAddress: relay.address.url,
    gatewayAddress: gateway.ok ? gateway.address.url : null,
    profile,
    key: new Secret(key),
  };
};

const relayPairingString = unusableLink(
  'relay-pairing-string',
  (url) => RELAY_PATH.test(url.pathname),
  gatewayOfRelay,
);

const joinLink = unusableLink(
  'join-link',
  (url) => JOIN_PATH.test(url.pathname),
  (url) => below(url, JOIN_PATH),
);

/** A published transcript: its `?token=` opens that page and nothing else. */
const shareLink = unusableLink(
  'share-link',
  (url) => url.pathname.endsWith('/share/session'),
  (url) => below(url, /\/share\/session$/),
);

const deepLink = unusableLink(
  'deep-link',
  (url) => url.protocol === 'openclaw:',
  (url) => parameter(url, 'url') ?? '',
);

/** Only OpenClaw's own Control UI, asking for all seven owner scopes, may use it. */
const ownerBootstrapLink = unusableLink(
  'owner-bootstrap-link',
  (url) => parameter(url, 'bootstrapToken') !== null,
  (url) => parameter(url, 'gatewayUrl') ?? url.href,
);

const linkWithSecret: Form = ({ links }) => {
  for (const link of links) {
    const found = link.url && secretIn(link, link.url);
    if (!found) continue;
    const form = link.url.protocol.startsWith('http') ? 'dashboard-link' : 'address-with-secret';
    const address = parameter(link.url, 'gatewayUrl') ?? link.raw;
    return gatewaySecret(form, address, found.kind, found.value);
  }
  return null;
};

function secretIn({ raw }: Link, url: URL): { kind: 'token' | 'password'; value: string } | null {
  for (const kind of ['token', 'password'] as const) {
    const value = parameter(url, kind);
    if (value !== null && !isPlaceholder(value)) return { kind, value };
  }
  // `ws://host:port#secret`, as written: here nobody has percent-encoded anything.
  const fragment = raw.includes('#') ? raw.slice(raw.indexOf('#') + 1) : '';
  const isParameter = /^[a-z]\w*=[^=]/i.test(fragment);
  const isSecret = url.protocol.startsWith('ws') && isBareSecret(fragment) && !isParameter;
  return isSecret ? { kind: 'token', value: fragment } : null;
}

/** `openclaw dashboard --json` in password mode, or an object that somebody copied out of a configuration. */
const secretInJson: Form = ({ record, text }, defaults) => {
  if (record === null) return null;
  const printed = typeof record.url === 'string' ? record.url : null;
  if (printed === null && !mayBeGateways(keyBefore(text.slice(0, text.indexOf('{'))))) return null;
  const gateway = isRecord(record.gateway) ? record.gateway : record;
  const auth = isRecord(gateway.auth) ? gateway.auth : gateway;
  const fields = { gatewayPassword: 'password', password: 'password', token: 'token' } as const;
  for (const [field, kind] of Object.entries(fields)) {
    const value = auth[field];
    if (typeof value !== 'string' || value === '') continue;
    if (isPlaceholder(value)) return problem('placeholder');
    if (auth === record && printed === null && isForeign(value)) return problem('not-recognised');
    const form = printed === null ? 'bare-secret' : 'dashboard-link';
    return gatewaySecret(form, printed ?? ownAddress(defaults), kind, value);
  }
  return null;
};

const labelledSecret: Form = ({ lines, links }, defaults) => {
  const found = findLabelled(lines);
  if (found === null) return null;
  if (typeof found === 'string') return problem(found);
  const beside = links.find((link) => !link.isInCommand)?.raw;
  return gatewaySecret('bare-secret', beside ?? ownAddress(defaults), found.kind, found.value);
};

const plainAddress: Form = ({ links, word }) => {
  const written = links.filter((link) => !link.isInCommand).map((link) => link.raw);
  const texts = word?.includes('://') ? [...written, word] : written;
  const parsed = texts.map(parseGatewayAddress);
  const best = parsed.find((result) => result.ok) ?? parsed[0];
  if (!best) return null;
  if (!best.ok) return problem(best.problem);
  return { kind: 'address', address: best.address.url, reach: best.address.reach };
};

const shellCommand: Form = ({ lines }) =>
  lines.some(isShellLine) ? { kind: 'not-usable', what: 'shell-command', gatewayAddress: null } : null;

/**
 * `javascript:…`, `data:…`, `mailto:…`, and `ws:` without its slashes. A password may have a colon in it too; it has a
 * field of its own.
 */
const otherUrl: Form = ({ word }) => {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(word ?? '') ?? [];
  if (word === null || scheme === undefined) return null;
  const parsed = parseGatewayAddress(word);
  const isOurs = /^(?:wss?|https?)$/i.test(scheme) || (!parsed.ok && parsed.problem === 'bad-port');
  return problem(isOurs && !parsed.ok ? parsed.problem : 'unsupported-scheme');
};

const noSecret: Form = ({ text }) => {
  const found = notASecret(text);
  return found && problem(found);
};

const bareSecret: Form = ({ word }, defaults) =>
  word !== null && isBareSecret(word)
    ? gatewaySecret('bare-secret', ownAddress(defaults), 'token', word)
    : null;

/** [P12] Too short, with spaces or with other letters to be sent for its looks. */
const doubtfulSecret: Form = ({ text, record }) =>
  record === null && mayBeSecret(text) ? problem('secret-alone') : null;

/** The first that finds something decides: what says most comes first. */
const FORMS: readonly Form[] = [
  setupCode,
  loopbackOnly,
  relayKey,
  relayPairingString,
  joinLink,
  shareLink,
  deepLink,
  linkWithSecret,
  secretInJson,
  ownerBootstrapLink,
  labelledSecret,
  plainAddress,
  shellCommand,
  otherUrl,
  noSecret,
  bareSecret,
  doubtfulSecret,
];

function gatewaySecret(
  form: GatewaySecretPaste['form'],
  addressText: string,
  secretKind: 'token' | 'password',
  value: string,
): Recognised {
  const parsed = parseGatewayAddress(addressText);
  if (!parsed.ok) return problem(parsed.problem);
  const { url: address, reach } = parsed.address;
  return { kind: 'gateway-secret', form, address, reach, secret: new Secret(value), secretKind };
}

const ownAddress = ({ address }: PasteDefaults): string =>
  address !== undefined && parseGatewayAddress(address).ok ? address : DEFAULT_ADDRESS;

/** A parameter of the fragment, else of the query, as the Control UI reads them; `null` if absent or empty. */
function parameter(url: URL, name: string): string | null {
  for (const part of [url.hash, url.search]) {
    // `+` would be read as a space; OpenClaw writes `%20` for one (`encodeURIComponent`).
    const value = new URLSearchParams(part.slice(1).replaceAll('+', '%2B')).get(name)?.trim();
    if (value) return value;
  }
  return null;
}

/** The URL up to the part of its path that `end` matches. */
const below = (url: URL, end: RegExp): string => `${url.origin}${url.pathname.replace(end, '')}`;

const isWord = (text: string): boolean => /^[!-~]{1,512}$/.test(text) && !isPlaceholder(text);

function isBareSecret(text: string): boolean {
  const isPath = /^\.{0,2}~?\/[^+=]*\/|^[a-z]:\\/i.test(text);
  return isWord(text) && text.length >= 8 && !text.includes('://') && !isPath && !/^openclaw/i.test(text);
}

/**
 * [P13] [P14] Secrets with a name before them, as environments, configurations and people write them:
 * `OPENCLAW_GATEWAY_TOKEN=…`, `Gateway token: …`, `"token": "…"`.
 */
import { isForeign, isPlaceholder } from './no-secret.ts';
import { unquote, unwrap } from './paste.ts';

export interface Labelled {
  readonly kind: 'token' | 'password';
  /** Without its name, quotes and a comment behind it; may be a placeholder, or empty. */
  readonly value: string;
  /** The name says that it is the gateway's. */
  readonly isNamed: boolean;
  /** It is one word or stands in quotes: a sentence may begin as `Password: …` does, and backticks hold commands. */
  readonly isWhole: boolean;
}

const BEFORE = /^(?:export |set |\$env:|- |environment=)/i;
const LABELLED =
  /^(["']?)((?:(?:openclaw|clawdbot)[ _])?(?:gateway[ _.])?)(?:auth[._])?(token|password|secret)\1\s*[:=]\s*(\S.*)$/i;
const BEFORE_COMMENT = /^(?:"[^"]*"|'[^']*'|[^\s"']\S*)[,;]?(?=\s+(?:\/\/|#))/;

/** The secret that a line names; `null` if it names none, or says where one is to be had. */
export function labelled(line: string): Labelled | null {
  // `- "OPENCLAW_GATEWAY_TOKEN=…"` has its quotes around both.
  const [, , whose = '', label = '', rest = ''] = LABELLED.exec(unwrap(line.replace(BEFORE, ''))) ?? [];
  const [written] = BEFORE_COMMENT.exec(rest) ?? [rest];
  const value = unquote(written);
  // An object of a configuration, or an address
  if (written === '' || /^[{[](?:["'\s]|$)/.test(value) || value.includes('://')) return null;
  const kind = label.toLowerCase() === 'password' ? 'password' : 'token';
  const isWhole = !/\s/.test(value) || (value !== written && !written.startsWith('`'));
  return { kind, value, isNamed: whose !== '', isWhole };
}

/** On one line: a sentence that ends in a colon is no key. */
const KEY = /([\w.-]{1,64})["']?[ \t]{0,9}:[ \t]{0,9}(?:\[\s{0,9})?$/;

/** The key of the object or list that opens behind a text; empty if it has none. */
export const keyBefore = (text: string): string => KEY.exec(text)?.[1] ?? '';

/** Where a configuration has the gateway's own secret, and where a part of one may have it that was cut out. */
const GATEWAYS = /(?:^|\.)gateway(?:\.auth)?$/;
const PART = /^\.?(?:auth)?$/;

/** Whether a secret without a name of its own may be the gateway's, by the keys around it. */
export const mayBeGateways = (place: string): boolean => GATEWAYS.test(place) || PART.test(place);

/** The one secret of the gateway that lines name, or why what they name is none; `null` if they name none, or several. */
export function findLabelled(lines: readonly string[]): Labelled | 'placeholder' | 'not-recognised' | null {
  const named: Labelled[] = [];
  const parts: Labelled[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const found = labelled(line);
    if (!found?.isWhole) {
      follow(open, line);
      continue;
    }
    const place = open.join('.');
    if (found.isNamed || GATEWAYS.test(place)) named.push(found);
    else if (PART.test(place)) parts.push(found);
  }
  const all = named.length > 0 ? named : parts;
  const [first, ...others] = all.filter(({ value }) => value !== '' && !isPlaceholder(value));
  if (!first) return all.length > 0 ? 'placeholder' : null;
  if (others.some(({ value }) => value !== first.value)) return null;
  return named.length === 0 && isForeign(first.value) ? 'not-recognised' : first;
}

/** Keeps the keys of the objects and lists that are open behind a line. */
function follow(open: string[], line: string): void {
  let before = '';
  for (const part of line.split(/([{}[\]])/)) {
    if (part === '{' || part === '[') open.push(keyBefore(before));
    else if (part === '}' || part === ']') open.pop();
    before = part;
  }
}

/**
 * [P13] Secrets with a name before them, as environments, configurations and people write them:
 * `OPENCLAW_GATEWAY_TOKEN=…`, `Gateway token: …`, `"token": "…"`.
 */
import { isPlaceholder } from './no-secret.ts';
import { unquote, unwrap } from './paste.ts';

export interface Labelled {
  readonly kind: 'token' | 'password';
  /** Without its name, quotes and a comment behind it; may be a placeholder, or empty. */
  readonly value: string;
  /** It is one word or stands in quotes: a sentence may begin as `Password: …` does, and backticks hold commands. */
  readonly isWhole: boolean;
}

const BEFORE = /^(?:export |set |\$env:|- |environment=)/i;
const LABELLED =
  /^(["']?)(?:(?:openclaw|clawdbot)[ _])?(?:gateway[ _.])?(?:auth[._])?(token|password|secret)\1\s*[:=]\s*(\S.*)$/i;
const BEFORE_COMMENT = /^(?:"[^"]*"|'[^']*'|[^\s"']\S*)[,;]?(?=\s+(?:\/\/|#))/;

/** The secret that a line names; `null` if it names none, or says where one is to be had. */
export function labelled(line: string): Labelled | null {
  // `- "OPENCLAW_GATEWAY_TOKEN=…"` has its quotes around both.
  const [, , label = '', rest = ''] = LABELLED.exec(unwrap(line.replace(BEFORE, ''))) ?? [];
  const [written] = BEFORE_COMMENT.exec(rest) ?? [rest];
  const value = unquote(written);
  // An object of a configuration, or an address
  if (written === '' || /^[{[](?:["'\s]|$)/.test(value) || value.includes('://')) return null;
  const kind = label.toLowerCase() === 'password' ? 'password' : 'token';
  return { kind, value, isWhole: !/\s/.test(value) || (value !== written && !written.startsWith('`')) };
}

/** The first secret that lines name; `'placeholder'` if what they name stands for one. */
export function findLabelled(lines: readonly string[]): Labelled | 'placeholder' | null {
  for (const line of lines) {
    const found = labelled(line);
    if (!found?.isWhole) continue;
    return found.value === '' || isPlaceholder(found.value) ? 'placeholder' : found;
  }
  return null;
}

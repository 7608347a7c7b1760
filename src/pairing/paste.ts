/**
 * What people really paste, taken apart: around the one thing that matters there may be quotes, a line
 * break of the terminal, a sentence, the whole output of a command or a JSON object. Understands nothing.
 */
import { withoutTrailing } from './address.ts';

/** A URL found in the text. */
export interface Link {
  /** As written. */
  readonly raw: string;
  /** `null` if it only looks like one. */
  readonly url: URL | null;
  /** Stands on a line that calls the OpenClaw program: then it is an option, not what was printed. */
  readonly isInCommand: boolean;
}

/** A pasted text, taken apart. */
export interface Paste {
  /** The text without what surrounds it; may be empty. */
  readonly text: string;
  /** The text if it is a single word. */
  readonly word: string | null;
  /** The JSON object in the text, if there is one; then `lines`, `words` and `links` come from its strings. */
  readonly record: JsonRecord | null;
  readonly lines: readonly string[];
  /** Everything between white space that is not a link. */
  readonly words: readonly string[];
  readonly links: readonly Link[];
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Each opening mark and what may close it. „German“ and “English” share a mark. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['<', '>'],
  ['(', ')'],
  ['“', '”'],
  ['„', '“”'],
  ['‘', '’'],
  ['‚', '‘’'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
]);

const SENTENCE_END = '.,;';
const QUOTES = '"\'`“”‘’«»‹›';
const OUR_SCHEMES = /(?:wss?|https?|openclaw):\/\//i;
const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}/gu;

/** Takes a text apart. The caller has limited its length. */
export function readPaste(pasted: string): Paste {
  const text = unwrap(pasted.replace(INVISIBLE, ''));
  const record = findRecord(text);
  const strings = record ? Object.values(record).filter((value) => typeof value === 'string') : [text];
  const lines = strings.flatMap((string) => string.split(/[\r\n]+/)).map((line) => line.trim());
  const word = record || /\s/.test(text) ? null : text;

  const words: string[] = [];
  const links: Link[] = [];
  for (const line of lines) {
    const isInCommand = isCommand(line);
    for (const part of line.split(/\s+/)) {
      const raw =
        findLink(part) ??
        (word && looksLikeHost(word) ? `ws://${inUrl(withoutTrailing(word, SENTENCE_END))}` : null);
      if (raw === null) words.push(part);
      else links.push({ raw, url: parseUrl(raw), isInCommand });
    }
  }
  return { text, word, record, lines, words, links };
}

/** Does this line call the OpenClaw program, or tell somebody to? Links may well be served below `/openclaw`. */
export function isCommand(line: string): boolean {
  const program = /(?:^|["'`(/\\])openclaw(?:-cli|\.mjs|\.cmd|\.exe)?["'`),.;:]*$/;
  return line.split(/\s+/).some((word) => !word.includes('://') && program.test(word));
}

/**
 * The text without white space, one or more pairs of quotes or brackets, and a full stop behind them.
 *
 * @param kept brackets that belong to the text: nobody quotes with round ones, but passwords have them
 */
export function unwrap(text: string, kept = '('): string {
  let inner = text.trim();
  for (;;) {
    const quoted = withoutTrailing(inner, SENTENCE_END);
    const [open, close] = [quoted.charAt(0), quoted.charAt(quoted.length - 1)];
    const within = quoted.slice(1, -1);
    const isPair = quoted.length > 1 && !kept.includes(open) && CLOSERS.get(open)?.includes(close);
    // `"token": "…"` begins and ends with a quote too, but not with the same pair.
    if (!isPair || within.includes(open) || within.includes(close)) return inner;
    inner = within.trim();
  }
}

/** The same for what is known to be a secret: angle brackets would say that it stands for one. */
export const unquote = (text: string): string => unwrap(text, '(<');

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object that a text is; `null` for every other text. */
export function parseRecord(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Commands print warnings before their JSON. */
function findRecord(text: string): JsonRecord | null {
  const start = text.indexOf('{');
  return start < 0 ? null : parseRecord(text.slice(start, text.lastIndexOf('}') + 1));
}

/** The URL inside one word: `URL:http://…`, `(http://…)`, `[name](http://…)`, `<http://…>.` */
function findLink(word: string): string | null {
  const start = word.search(OUR_SCHEMES);
  if (start < 0) return null;
  const closer = CLOSERS.get(word.charAt(start - 1)) ?? '';
  const rest = [...word.slice(start)];
  const end = rest.findIndex((character) => closer.includes(character));
  const raw = rest.slice(0, end < 0 ? rest.length : end).join('');
  // A bracket that nothing opened belongs to the sentence around the link.
  const brackets = `${raw.includes('(') ? '' : ')'}${raw.includes('<') ? '' : '>'}`;
  return withoutTrailing(raw, SENTENCE_END + QUOTES + brackets);
}

/** Would a person read this word as a host? Everything else without a scheme may be a secret. */
function looksLikeHost(word: string): boolean {
  const host = withoutTrailing(word, SENTENCE_END).split(/[/?#]/, 1)[0] ?? '';
  return (
    isBareIPv6(host) ||
    /^(?:[\w.-]+|\[[\da-f:.]+\]):\d{1,5}$/i.test(host) ||
    /^(?:localhost|\d+(?:\.\d+){3}|\[[\da-f:.]+\])$/i.test(host) ||
    // Lower case and a final label of letters: `gateway.example.com`, but no token with a dot in it.
    /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}$/.test(host)
  );
}

/** An IPv6 address without the brackets that a URL needs. */
const isBareIPv6 = (text: string): boolean =>
  /^[\da-f:.]+$/i.test(text) && text.split(':').length > 2 && URL.canParse(`http://[${text}]`);

const inUrl = (host: string): string => (isBareIPv6(host) ? `[${host}]` : host);

function parseUrl(raw: string): URL | null {
  try {
    return new URL(raw);
  } catch {
    return null;
  }
}

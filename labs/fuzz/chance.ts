/** Chance that one number replays, and what to make of it: hostile texts and values. */

/** Numbers from 0 to 1, always the same ones for the same seed. */
export type Chance = () => number;

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const below = (random: Chance, limit: number): number => Math.floor(random() * limit);

export const pick = <T>(random: Chance, from: readonly T[]): T => from[below(random, from.length)] as T;

/** Characters that break parsers: quotes, escapes, controls, halves of pairs, what turns the reading direction. */
const NASTY = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '\u0000',
  '\n',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udfff',
  '#',
  '%',
  '%zz',
  '://',
  '=',
  ' ',
];

/** Keys that mean something to JavaScript itself. */
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'type',
  'payload',
  'error',
  'details',
  'code',
  'length',
  '',
];

export function text(random: Chance, longest = 60): string {
  const length = below(random, longest);
  let result = '';
  for (let i = 0; i < length; i += 1) {
    result +=
      random() < 0.15
        ? pick(random, NASTY)
        : String.fromCharCode(32 + below(random, random() < 0.9 ? 95 : 65_000));
  }
  return result;
}

/** Anything that JSON can hold, and now and then something that it can hardly hold. */
export function value(random: Chance, depth = 4): unknown {
  const kind = below(random, depth > 0 ? 9 : 6);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return pick(random, [0, -1, 1.5, 1e308, -1e308, 2 ** 53, Number.MAX_SAFE_INTEGER, below(random, 1e6)]);
    case 3:
    case 4:
      return text(random);
    case 5:
      return random() < 0.02 ? text(random, 5_000) : '';
    case 6:
      return Array.from({ length: below(random, 6) }, () => value(random, depth - 1));
    default:
      return record(random, depth - 1);
  }
}

function record(random: Chance, depth: number): unknown {
  const result: Record<string, unknown> = {};
  for (let i = below(random, 6); i > 0; i -= 1) {
    const key = random() < 0.6 ? pick(random, KEYS) : text(random, 12);
    Object.defineProperty(result, key, {
      value: value(random, depth),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

/** A text with a few characters removed, doubled, exchanged or put in; or cut off; or two texts run into each other. */
export function mutatedText(random: Chance, samples: readonly string[]): string {
  let result = pick(random, samples);
  for (let times = 1 + below(random, 4); times > 0; times -= 1) {
    const [from, to] = [below(random, result.length + 1), below(random, result.length + 1)].sort(
      (a, b) => a - b,
    ) as [number, number];
    switch (below(random, 6)) {
      case 0:
        result = result.slice(0, from) + result.slice(Math.min(to, from + 12));
        break;
      case 1:
        result = result.slice(0, from) + pick(random, NASTY) + result.slice(from);
        break;
      case 2:
        result = result.slice(0, from);
        break;
      case 3:
        result = result.slice(0, from) + pick(random, samples).slice(to % 200);
        break;
      case 4:
        result = result.slice(0, to) + result.slice(from);
        break;
      default:
        result = result.slice(0, from) + text(random, 10) + result.slice(Math.min(to, from + 5));
    }
  }
  return result.slice(0, 200_000);
}

/** A value with one thing somewhere in it replaced, removed or added. */
export function mutatedValue(random: Chance, sample: unknown): unknown {
  if (typeof sample !== 'object' || sample === null || random() < 0.15) return value(random, 3);
  if (Array.isArray(sample)) {
    const at = below(random, sample.length + 1);
    if (random() < 0.3) return [...sample.slice(0, at), value(random, 2), ...sample.slice(at)];
    return sample.map((each, index) => (index === at ? mutatedValue(random, each) : each));
  }
  const entries = Object.entries(sample);
  const at = below(random, entries.length + 1);
  if (at === entries.length) return { ...sample, [text(random, 12)]: value(random, 2) };
  if (random() < 0.2) return Object.fromEntries(entries.filter((_, index) => index !== at));
  return Object.fromEntries(
    entries.map(([key, each], index) => [key, index === at ? mutatedValue(random, each) : each]),
  );
}

/** What gateways of every version answer, pasted as it was captured: named as one of our own refusals would be. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { diagnose } from '../../src/gateway/diagnosis.ts';
import { failureFromClose, parseFrame } from '../../src/gateway/protocol.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/frames');

interface Captured {
  readonly frames: readonly { type: string; ok?: boolean; error?: { message: string } }[];
  readonly close: { code: number; reason: string } | null;
}

const captures = globSync('*/*.json', { cwd: FOLDER })
  .filter((file) => !file.endsWith('index.json'))
  .map((file): [string, Captured] => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]);

const codesOf = (text: string) => explain(text).statements.map(({ code }) => code);

describe('[X3] frames', () => {
  const refusals = captures.flatMap(([file, { frames }]) => {
    const frame = frames.find(({ type, ok }) => type === 'res' && ok === false);
    if (!frame) return [];
    const read = parseFrame(JSON.stringify({ ...frame, id: 'connect' }));
    return read.type === 'rejected' ? [{ file, frame, cause: diagnose(read.failure, null) }] : [];
  });

  it('are many', () => expect(refusals.length).toBeGreaterThan(300));

  it('are explained as they are diagnosed, on one line, spread over many, and within other text', () => {
    const wrong = refusals.flatMap(({ file, frame, cause }) => {
      if (cause === 'unknown-refusal') return [];
      const forms = [
        JSON.stringify(frame),
        JSON.stringify(frame, null, 2),
        `12:00:01 ws in ${JSON.stringify(JSON.stringify(frame))}`,
      ];
      return forms.flatMap((text, form) => {
        const [code, ...others] = codesOf(text);
        return code === cause && others.length === 0
          ? []
          : [`${file} ${form}: ${code} ${others}, not ${cause}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});

it('[X3] closes are explained by their words, as far as those go', () => {
  const reasons = new Set(captures.flatMap(([, { close }]) => (close?.code === 1008 ? [close.reason] : [])));
  expect(reasons.size).toBeGreaterThan(30);
  const wrong = [...reasons].flatMap((reason) => {
    const expected = diagnose(failureFromClose(reason), null);
    const [code] = codesOf(`gateway closed (1008): ${reason}`);
    return code === expected ? [] : [`${code}, not ${expected}: ${reason}`];
  });
  expect(wrong).toEqual([]);
});

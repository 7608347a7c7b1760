/** What a real gateway was heard to say, for a stand-in to say again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capture } from '../../gateway/capture-format.ts';
import wire from './wire.json' with { type: 'json' };

/** The gateway that is stood in for. */
export const VERSION = '2026.9.6';

/** What captures leave out: what a connected client is told by and by, answers over HTTP, and how long a hello is. */
export const WIRE = wire;

const captures = new Map<string, Capture>();

/** One situation of `test/fixtures/frames`. Rejects names that were never captured. */
export function captured(situation: string): Capture {
  const folder = join(import.meta.dirname, '../../../test/fixtures/frames', VERSION);
  const known =
    captures.get(situation) ?? JSON.parse(readFileSync(join(folder, `${situation}.json`), 'utf8'));
  captures.set(situation, known);
  return known;
}

/** The one frame of a situation that is a `res`. A copy: change it at will. */
export function capturedAnswer(situation: string): any {
  return structuredClone(captured(situation).frames.find((frame: any) => frame.type === 'res'));
}

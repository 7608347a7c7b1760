import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/pairing/recognise.ts';
import type { Recognised } from '../../src/pairing/recognised.ts';
import { NOW } from '../../test/fixtures/statuses.ts';
import { PASTES, type Pasted } from './scenes/popup.ts';

function nameOf(paste: Recognised): Pasted {
  switch (paste.kind) {
    case 'problem':
      return paste.problem;
    case 'not-usable':
      return paste.what;
    case 'gateway-secret':
      return paste.form;
    default:
      return paste.kind;
  }
}

describe("the gallery's pasted texts", () => {
  it.each(Object.entries(PASTES))('%s is what it is called', (name, text) => {
    expect(nameOf(recognise(text, { now: NOW }))).toBe(name);
  });
});

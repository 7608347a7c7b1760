import { describe, expect, it, vi } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import { CURES } from '../../src/explain/cures.ts';
import { CLIENT_KINDS, type ExplainedCode, OTHER_CODES } from '../../src/explain/types.ts';
import { clientName, cureWords, titleOfCode } from '../../src/words/explained.ts';
import { MESSAGES } from '../fakes/browser-api.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const CODES: readonly ExplainedCode[] = [...OTHER_CODES, ...(Object.keys(DIAGNOSES) as ExplainedCode[])];
const keyed = (prefix: string, codes: readonly string[]): string[] =>
  codes.map((code) => `${prefix}_${code.replaceAll('-', '_')}`);
const keysOf = (prefix: string): string[] =>
  Object.keys(MESSAGES).filter((key) => key.startsWith(`${prefix}_`));

describe('the words of an explanation', () => {
  it('are there for every client and cure, and for no other', () => {
    expect(keysOf('explain_client').sort()).toEqual(keyed('explain_client', CLIENT_KINDS).sort());
    expect(keysOf('explain_cure').sort()).toEqual(keyed('explain_cure', Object.keys(CURES)).sort());
    expect(keyed('explain_title', CODES)).toEqual(expect.arrayContaining(keysOf('explain_title')));
    expect(CLIENT_KINDS.map(clientName)).not.toContain('');
    expect(cureWords('sit-out')).toBe(MESSAGES.explain_cure_sit_out?.message);
  });

  it('name every code, and speak of no client as if it were this browser', () => {
    const titles = CODES.map((code) => [code, titleOfCode(code)]);
    expect(titles.filter(([code, title]) => code === title)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnosesDoc } from '../../scripts/lib/diagnoses-doc.ts';

it('docs/diagnoses.md is what `npm run diagnoses` writes', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/diagnoses.md'), 'utf8');
  expect(written).toBe(diagnosesDoc());
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reportsDoc } from '../../scripts/lib/reports-doc.ts';

it('docs/reports.md is what `npm run diagnoses` writes', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/reports.md'), 'utf8');
  expect(written).toBe(reportsDoc());
});

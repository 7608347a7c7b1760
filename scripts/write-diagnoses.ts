/** Writes docs/diagnoses.md and docs/reports.md: `npm run diagnoses`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnosesDoc } from './lib/diagnoses-doc.ts';
import { reportsDoc } from './lib/reports-doc.ts';

const docs = join(import.meta.dirname, '../docs');
await writeFile(join(docs, 'diagnoses.md'), diagnosesDoc());
await writeFile(join(docs, 'reports.md'), reportsDoc());

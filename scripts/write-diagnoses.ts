/** Writes docs/diagnoses.md: `npm run diagnoses`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnosesDoc } from './lib/diagnoses-doc.ts';

await writeFile(join(import.meta.dirname, '../docs/diagnoses.md'), diagnosesDoc());

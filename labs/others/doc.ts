/** `docs/others.md`, which two labs write: each its own section. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../../docs/others.md');

export interface Table {
  readonly heading: 'Real clients' | 'Raw clients';
  /** What it is about, by which command. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Writes a section anew and leaves the other as it is. */
export async function writeTable({ heading, about, columns, rows }: Table): Promise<void> {
  const lines = [
    `## ${heading}`,
    '',
    about,
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
  const before = await readFile(FILE, 'utf8');
  const sections = before.trimEnd().split(/\n(?=## )/);
  const at = sections.findIndex((section) => section.startsWith(`## ${heading}\n`));
  if (at < 0) throw new Error(`docs/others.md has no section "${heading}"`);
  sections[at] = `${lines.join('\n')}\n`;
  await writeFile(FILE, `${sections.map((section) => section.trimEnd()).join('\n\n')}\n`);
}

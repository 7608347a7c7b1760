/** The workflows name commands that exist, and give the right to write to the one job that needs it. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT });

/** Every `run:` of one line; the workflows have no others. */
const commandsOf = (workflow: string): string[] =>
  [...workflow.matchAll(/^\s+(?:- )?run: (.+)$/gm)].map(([, command = '']) => command);

/** The text of each job, by its name. */
const jobsOf = (workflow: string): Map<string, string> => {
  const [, jobs = ''] = workflow.split(/^jobs:\n/m);
  return new Map(
    jobs.split(/^(?= {2}\w)/m).map((text) => [/^ {2}([\w-]+):/.exec(text)?.[1] ?? '', text] as const),
  );
};

describe.each(WORKFLOWS)('%s', (file) => {
  const workflow = read(file);
  const commands = commandsOf(workflow);

  it('runs something, in lines that this test can read', () => {
    expect(commands.length).toBeGreaterThan(0);
    expect(workflow).not.toMatch(/run: *[|>]/);
  });

  it('runs commands of this project that exist', () => {
    const scripts = commands.flatMap((command) =>
      [...command.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(scripts.filter((name) => !Object.hasOwn(project.scripts, name))).toEqual([]);
    const files = commands.map((command) => command.split(' ')[0] ?? '').filter((word) => word.includes('/'));
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('may only read, unless a job says more', () => {
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n/m);
  });
});

describe('a release', () => {
  const jobs = jobsOf(read('.github/workflows/release.yml'));

  it('is what the verified build made, and is published by a job that runs nothing from npm', () => {
    expect([...jobs.keys()]).toEqual(['build', 'publish']);
    const [build = '', publish = ''] = jobs.values();
    expect(commandsOf(build)).toContain('npm run package -- --verify');
    expect(build).not.toMatch(/^ +[\w-]+: write/m);
    expect(publish).toContain('needs: build');
    expect(publish).toMatch(/sha256sum --check[\s\S]*attest-build-provenance[\s\S]*gh release create/);
    expect(publish).not.toMatch(/\bnpm\b|checkout/);
  });

  it('has the files that README names, verified as README says', () => {
    const readme = read('README.md');
    for (const store of ['chrome', 'edge', 'firefox']) expect(readme).toContain(`-${store}.zip`);
    expect(readme).toContain('SHA256SUMS');
    expect(readme).toContain('gh attestation verify');
  });
});

import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD } from '../process/build.ts';
import { keepFolder } from '../process/sweeper.mjs';

/**
 * A copy of a build, with the optional permissions of diagnostics given: nobody in a test clicks on a browser's own
 * question. Resolves to its folder, which goes with this process.
 */
export async function permittedBuild(build = BUILD): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-permitted-'));
  keepFolder(folder);
  await cp(build, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const permissions = [...manifest.permissions, 'webRequest'];
  const host_permissions = manifest.optional_host_permissions;
  await writeFile(file, JSON.stringify({ ...manifest, permissions, host_permissions }));
  return folder;
}

/** A tunnel as people open it to a gateway elsewhere: OpenSSH at both ends, on loopback, with keys of its own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../gateway/openclaw.ts';
import { startListening } from './listening-program.ts';

const run = promisify(execFile);

const CLIENT = '/usr/bin/ssh';
const SERVER = '/usr/sbin/sshd';

/** Its server needs a folder of root's, which Debian's own service makes. */
const ROOTS_FOLDER = '/run/sshd';

export const hasSsh = (): boolean => existsSync(CLIENT) && existsSync(SERVER);

export interface Tunnel {
  /** Its near end. */
  readonly port: number;
  close(): Promise<void>;
}

const folderFor = (what: string): Promise<string> => mkdtemp(join(tmpdir(), `relay-health-${what}-`));

/** Opens one to a port of loopback, whether anything listens there or not. `port`: its near end; unless given, any free one. */
export async function openSshTunnel(target: number, port?: number): Promise<Tunnel> {
  const [far, near] = await Promise.all([folderFor('sshd'), folderFor('ssh')]);
  for (const key of [join(far, 'host'), join(near, 'own')])
    await run('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await copyFile(join(near, 'own.pub'), join(far, 'authorized'));
  if (process.getuid?.() === 0) await mkdir(ROOTS_FOLDER, { recursive: true, mode: 0o755 });
  const [farPort, nearPort] = [await freePort(), port ?? (await freePort())];
  const settings = [
    `ListenAddress 127.0.0.1:${farPort}`,
    `HostKey ${far}/host`,
    `AuthorizedKeysFile ${far}/authorized`,
    `PidFile ${far}/pid`,
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
  ];
  await writeFile(join(far, 'config'), `${settings.join('\n')}\n`);
  const serverArgs = ['-D', '-e', '-f', join(far, 'config')];
  const closeFar = await startListening({ file: SERVER, args: serverArgs, folder: far, port: farPort });
  const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${near}/known`, 'BatchMode=yes'];
  const clientArgs = [
    ...['-F', '/dev/null', '-i', join(near, 'own'), '-p', String(farPort)],
    ...options.flatMap((option) => ['-o', option]),
    ...['-N', '-L', `127.0.0.1:${nearPort}:127.0.0.1:${target}`, `${userInfo().username}@127.0.0.1`],
  ];
  try {
    const closeNear = await startListening({ file: CLIENT, args: clientArgs, folder: near, port: nearPort });
    return { port: nearPort, close: () => closeNear().then(closeFar) };
  } catch (error) {
    await closeFar();
    throw error;
  }
}

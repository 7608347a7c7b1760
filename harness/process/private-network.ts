/** A network of its own for a lab: clients take an address in it for another computer's, and nothing leaves the machine. */
import { spawnSync } from 'node:child_process';

/** Where the lab's servers may listen, besides loopback: clients take it for a neighbour's. */
export const NEIGHBOUR = '192.168.77.1';

/** An address of the loopback interface would count as this computer's; one of a pair of cables does not. */
const SET_UP = [
  'ip link set lo up',
  'ip link add here type veth peer name there',
  `ip addr add ${NEIGHBOUR}/24 dev here`,
  'ip link set here up',
  'ip link set there up',
  'exec "$@"',
].join(' && ');

const INSIDE = 'IN_PRIVATE_NETWORK';

/**
 * Runs this script again in a network namespace and ends with its exit code; in there it returns at once. Whatever it
 * downloads, it has to have by now. Needs Linux with iproute2 and unprivileged namespaces.
 */
export function enterPrivateNetwork(): void {
  if (process.env[INSIDE]) return;
  const again = ['sh', '-c', SET_UP, 'sh', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status, error } = spawnSync('unshare', ['--user', '--map-root-user', '--net', ...again], {
    env: { ...process.env, [INSIDE]: '1' },
    stdio: 'inherit',
  });
  if (error) throw new Error(`This lab needs Linux with unshare: ${error.message}`);
  process.exit(status ?? 1);
}

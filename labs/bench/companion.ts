import { randomBytes } from 'node:crypto';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { addPairedDevices } from '../../harness/gateway/pairing-store.ts';
import { FIRST_PROFILE, OWN_CLIENTS } from '../../src/gateway/compatibility.ts';
import { ROLE, SCOPES } from '../../src/gateway/connect-request.ts';
import { type ConnectionState, initialState } from '../../src/gateway/state.ts';
import type { GatewayRecord } from '../../src/gateway/status.ts';
import { Secret } from '../../src/secret.ts';
import { ORIGIN, playBrowser } from './browser-in-node.ts';
import { ConnectionLog, type Contender } from './connection-log.ts';

playBrowser();

/** A worker's code, with a memory of its own. */
async function loadWorker(name: string) {
  const load = <T>(path: string): Promise<T> => import(`../../src/${path}?${name}`);
  return {
    ...(await load<typeof import('../../src/background/effects.ts')>('background/effects.ts')),
    ...(await load<typeof import('../../src/background/supervisor.ts')>('background/supervisor.ts')),
    ...(await load<typeof import('../../src/browser/device-identity.ts')>('browser/device-identity.ts')),
    ...(await load<typeof import('../../src/browser/worker/vault.ts')>('browser/worker/vault.ts')),
  };
}
type Worker = Awaited<ReturnType<typeof loadWorker>>;

/**
 * The connections of so many installations of this extension to one gateway, without their browsers: the worker's own
 * pump and effects, each with an identity and a device token of its own. They start one after the other.
 *
 * @param reach how far away each believes the gateway to be, which decides its pace
 */
export async function pairCompanions(
  gateway: Gateway,
  count: number,
  reach: GatewayRecord['reach'],
): Promise<(() => Contender)[]> {
  const companions = await Promise.all(Array.from({ length: count }, () => newCompanion(gateway, reach)));
  addPairedDevices(
    gateway,
    companions.map(({ device }) => device),
  );
  return companions.map(({ start }) => start);
}

async function newCompanion(gateway: Gateway, reach: GatewayRecord['reach']) {
  const record = {
    id: crypto.randomUUID(),
    address: gateway.url,
    reach,
    addedAt: Date.now(),
    name: null,
  };
  const worker = await loadWorker(record.id);
  const { client } = FIRST_PROFILE;
  const { id: clientId } = OWN_CLIENTS[client];
  const { deviceId, publicKey } = await worker.deviceIdentity(record.id, clientId);
  const deviceToken = randomBytes(32).toString('base64url');
  const serial = await worker.saveCredential(record.id, 'device-token', new Secret(deviceToken));
  return {
    device: { deviceId, publicKey, clientId, origin: ORIGIN, role: ROLE, scopes: SCOPES, deviceToken },
    start: () =>
      start(worker, record, { serial, client, issuedAt: Date.now(), unanswered: 0, refusal: null }),
  };
}

function start(
  { createEffectRunner, Supervisor }: Worker,
  record: GatewayRecord,
  deviceToken: ConnectionState['held']['deviceToken'],
): Contender {
  const log = new ConnectionLog();
  const fresh = initialState();
  const effects = createEffectRunner(record, {
    dispatch: (event) => supervisor.dispatch(event),
    held: () => supervisor.state.held,
  });
  const supervisor: InstanceType<typeof Supervisor> = new Supervisor(
    { ...fresh, phase: { name: 'paused' }, held: { ...fresh.held, deviceToken } },
    {
      run: effects.run,
      save: async () => {},
      show: ({ phase }) => log.note(phase.name === 'connected'),
      moment: () => ({
        now: Date.now(),
        random: Math.random(),
        isLocal: record.reach === 'loopback',
        isOnline: true,
        mayRepair: true,
        crowd: 1,
        approverSince: null,
      }),
    },
  );
  supervisor.dispatch({ type: 'resume-requested' });
  return {
    name: record.id,
    log,
    close: async () => {
      supervisor.stop();
      effects.stop();
    },
  };
}

import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { type DeviceAuthTokenRecord, type DeviceIdentity, GatewayClient } from '@openclaw/gateway-client';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { ConnectionLog, type Contender } from './connection-log.ts';

const ED25519_KEY_BYTES = 32;

const rawPublicKey = (pem: string): Buffer =>
  createPublicKey(pem).export({ type: 'spki', format: 'der' }).subarray(-ED25519_KEY_BYTES);

function createIdentity(): DeviceIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const deviceId = createHash('sha256').update(rawPublicKey(publicKey)).digest('hex');
  return { deviceId, publicKeyPem: publicKey, privateKeyPem: privateKey };
}

/**
 * OpenClaw's own client library for Node, as its command line uses it: a paired device that keeps its device
 * token. A `cli` without an Origin header is paired on loopback without asking anybody.
 */
export function connectOfficialClient(gateway: Gateway): Contender {
  const log = new ConnectionLog();
  let stored: DeviceAuthTokenRecord | null = null;
  const client = new GatewayClient({
    url: gateway.url,
    token: gateway.token,
    clientName: 'cli',
    mode: 'cli',
    role: 'operator',
    scopes: ['operator.read'],
    deviceIdentity: createIdentity(),
    hostDeps: {
      signDevicePayload: (privateKey, payload) =>
        sign(null, Buffer.from(payload), privateKey).toString('base64url'),
      publicKeyRawBase64UrlFromPem: (publicKey) => rawPublicKey(publicKey).toString('base64url'),
      loadDeviceAuthToken: () => stored,
      storeDeviceAuthToken: ({ token, scopes }) => {
        stored = { token, scopes };
      },
      clearDeviceAuthToken: () => {
        stored = null;
      },
    },
    onHelloOk: () => log.note(true),
    onClose: () => log.note(false),
    onReconnectPaused: ({ reason }) => console.error(`The official client gave up: ${reason}`),
  });
  client.start();
  return { name: 'official client', log, close: () => client.stopAndWait({ timeoutMs: 2000 }) };
}

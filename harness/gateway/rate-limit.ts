/** Another extension that hammers: the gateway then locks out every extension at once (docs/gateway.md). */
import { sign } from 'node:crypto';
import WebSocket from 'ws';
import { FIRST_PROFILE } from '../../src/gateway/compatibility.ts';
import { connectFrame, signedPayload } from '../../src/gateway/connect-request.ts';
import { Secret } from '../../src/secret.ts';
import { type Identity, newIdentity } from './identity.ts';

const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

/** One connect with a wrong secret. Resolves to the detail code of the answer. */
function wrongSecret(url: string, identity: Identity): Promise<string> {
  return new Promise((done, failed) => {
    const socket = new WebSocket(url, { origin: ORIGIN });
    socket.once('error', failed);
    socket.on('message', (text) => {
      const frame = JSON.parse(String(text));
      if (frame.event === 'connect.challenge') {
        const challenge = { nonce: frame.payload.nonce, signedAt: frame.payload.ts };
        const secret = new Secret('not-the-secret-of-this-gateway');
        const payload = signedPayload(identity.deviceId, FIRST_PROFILE.client, challenge, secret);
        const signature = sign(null, Buffer.from(payload), identity.key).toString('base64url');
        socket.send(
          connectFrame({
            identity,
            profile: FIRST_PROFILE,
            challenge,
            kind: 'gateway-secret',
            credential: secret,
            signature,
          }),
        );
      } else if (frame.type === 'res') {
        done(frame.error?.details?.code ?? '');
        socket.close();
      }
    });
  });
}

/** Fails until the gateway locks extensions out. Rejects if it never does. */
export async function provokeRateLimit(url: string): Promise<void> {
  const identity = newIdentity();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if ((await wrongSecret(url, identity)) === 'AUTH_RATE_LIMITED') return;
  }
  throw new Error('the gateway did not lock anyone out');
}

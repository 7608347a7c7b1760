/** Another extension that hammers: the gateway then locks out every extension at once (gateway-facts 3). */
import WebSocket from 'ws';

const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

/** One connect with a wrong secret and no device. Resolves to the detail code of the answer. */
function wrongSecret(url: string): Promise<string> {
  return new Promise((done, failed) => {
    const socket = new WebSocket(url, { origin: ORIGIN });
    socket.once('error', failed);
    socket.on('message', (text) => {
      const frame = JSON.parse(String(text));
      if (frame.event === 'connect.challenge') {
        const client = { id: 'openclaw-browser-copilot', version: '1', platform: 'test', mode: 'ui' };
        const params = {
          minProtocol: 3,
          maxProtocol: 4,
          client,
          role: 'operator',
          scopes: ['operator.read'],
          caps: ['run-tool-bindings', 'session-scoped-events'],
          auth: { token: 'wrong' },
        };
        socket.send(JSON.stringify({ type: 'req', id: '1', method: 'connect', params }));
      } else if (frame.type === 'res') {
        socket.close();
        done(frame.error?.details?.code ?? '');
      }
    });
  });
}

/** Fails until the gateway locks extensions out. Rejects if it never does. */
export async function provokeRateLimit(url: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if ((await wrongSecret(url)) === 'AUTH_RATE_LIMITED') return;
  }
  throw new Error('the gateway did not lock anyone out');
}

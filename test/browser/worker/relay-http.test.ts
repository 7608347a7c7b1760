/** What a relay, and whoever has taken its port, is told over HTTP. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readAttachment, readFirstNew } from '../../../src/browser/worker/relay-http.ts';
import { openRelayKey } from '../../../src/browser/worker/relay-key.ts';
import { Secret } from '../../../src/secret.ts';
import { challengeFor, KEY } from '../../fixtures/relay.ts';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

let servers: Server[] = [];

async function serve(
  answer: (asked: Asked) => { status: number; body?: string; location?: string },
): Promise<{ origin: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url ?? '', authorization: request.headers.authorization, body };
    asked.push(one);
    const { status, location, body: text = '' } = answer(one);
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(text);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

const key = () => openRelayKey(new Secret(KEY));

describe('[L6] the first new relay', () => {
  it('is shown the key once it has asked for it, and with that request alone', async () => {
    const { origin, asked } = await serve(({ authorization }) => ({ status: authorization ? 200 : 401 }));
    expect(await readFirstNew(origin, await key())).toEqual({ sight: 'proved', attached: 'yes' });
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, `Bearer ${KEY}`]);
  });

  it.each([200, 302, 403, 404, 500])('is not shown it where it answers %i', async (status) => {
    const elsewhere = await serve(() => ({ status: 401 }));
    const location = `${elsewhere.origin}/json/version`;
    const { origin, asked } = await serve(() => ({ status, ...(status === 302 && { location }) }));
    expect((await readFirstNew(origin, await key())).sight).toMatch(/^(foreign|listens)$/);
    expect([...asked, ...elsewhere.asked].map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('that redirects after it has asked gets it to nobody else', async () => {
    const elsewhere = await serve(() => ({ status: 200 }));
    const { origin } = await serve(({ authorization }) =>
      authorization ? { status: 307, location: `${elsewhere.origin}/json/version` } : { status: 401 },
    );
    expect((await readFirstNew(origin, await key())).sight).toBe('relay');
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('whoever has the port of a current relay', () => {
  it.each([
    ['has not', 1, 'A'.repeat(43)],
    ['has', 2, undefined],
  ])(
    'gets no key, and an answer only once it has proved the key itself: if it %s, %i requests',
    async (_, requests, proof) => {
      const { origin, asked } = await serve(({ path, body }) => {
        if (!path.endsWith('/challenge')) return { status: 403 };
        const changes = { flow: 'cdp' as const, ...(proof !== undefined && { serverProof: proof }) };
        return { status: 200, body: JSON.stringify(challengeFor(JSON.parse(body), changes)) };
      });
      expect(await readAttachment(origin, await key())).toBe('unseen');
      expect(asked).toHaveLength(requests);
      expect(JSON.stringify(asked)).not.toContain(KEY);
    },
  );
});

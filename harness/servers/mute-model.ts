/** A model provider that names its one model, `model`, and keeps everybody waiting who asks it something. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MuteModel {
  readonly port: number;
  /** How many wait, or have waited, for an answer. */
  readonly asked: number;
  close(): Promise<void>;
}

export async function startMuteModel(): Promise<MuteModel> {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'model', object: 'model' }] }));
      return;
    }
    asked += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    get asked() {
      return asked;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

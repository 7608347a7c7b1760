/** A device with few rights, by default that to read and nothing more: it asks what the extension may ask. */
import { connectLive, connectOnce, type Recorder } from './client.ts';
import type { Gateway } from './gateway.ts';
import { type Credential, GATEWAY_CLIENT, type Identity, newIdentity } from './identity.ts';

export class Reader {
  readonly identity: Identity;
  readonly #socket: Recorder;
  #cursor: number | undefined;
  #count = 0;

  private constructor(identity: Identity, socket: Recorder) {
    this.identity = identity;
    this.#socket = socket;
  }

  /** Pairs and connects. Nothing is told of what the log says so far. */
  static async create(
    gateway: Gateway,
    credential: Credential,
    scopes: readonly string[] = ['operator.read'],
  ): Promise<Reader> {
    const identity = newIdentity();
    const attempt = {
      profile: GATEWAY_CLIENT,
      identity,
      credential,
      origin: null,
      scopes,
    };
    const first = await connectOnce(gateway.url, attempt);
    // Gateways before 2026.3 pair by themselves none but their own command line.
    if (!first.hello) await gateway.asOwner((owner) => owner.approve(identity.deviceId));
    // Who knows the gateway secret may do more than its scopes say: it goes on with its device token.
    const deviceToken =
      first.hello?.auth?.deviceToken ?? (await connectOnce(gateway.url, attempt)).hello?.auth?.deviceToken;
    const own: Credential = {
      field: gateway.version.startsWith('2026.2.') ? 'token' : 'deviceToken',
      value: 'own',
      secret: deviceToken ?? credential.secret,
    };
    const [socket, { hello, error }] = await connectLive(gateway.url, { ...attempt, credential: own });
    if (!hello) throw new Error(`the reader was refused: ${error?.message}`);
    const reader = new Reader(identity, socket);
    await reader.tail();
    return reader;
  }

  async ask(method: string, params: Record<string, unknown> = {}): Promise<any> {
    this.#count += 1;
    const id = `read-${this.#count}`;
    this.#socket.send(JSON.stringify({ type: 'req', id, method, params }));
    const answer = await this.#socket.answer(id);
    if (!answer?.ok) throw new Error(`${method}: ${answer?.error?.message}`);
    return answer.payload;
  }

  /** The lines of the log since the last time. */
  async tail(): Promise<string[]> {
    const cursor = this.#cursor;
    const tail = await this.ask('logs.tail', {
      ...(cursor !== undefined && { cursor }),
      maxBytes: 200_000,
    });
    this.#cursor = tail.cursor;
    return tail.lines;
  }

  leave(): void {
    this.#socket.leave();
  }
}

/**
 * The owner at the gateway's own computer: approves, rotates, revokes, removes. By requests on one socket, as
 * OpenClaw's command line makes them, which takes ten seconds less for each than the command itself.
 */
import { Recorder } from './client.ts';
import { type Credential, connectText, type Identity, newIdentity } from './identity.ts';

const PROFILE = { id: 'cli', mode: 'cli', caps: [] };
const SCOPES = [
  'operator.admin',
  'operator.approvals',
  'operator.pairing',
  'operator.read',
  'operator.write',
];

export class Admin {
  readonly #url: string;
  readonly #identity: Identity = newIdentity();
  #socket: Recorder | null = null;
  #count = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Connects without an `Origin` header: on loopback a gateway pairs its own command line by itself. */
  async connect(credential: Credential | undefined): Promise<void> {
    this.leave();
    const socket = new Recorder(this.#url, null);
    const attempt = {
      profile: PROFILE,
      identity: this.#identity,
      origin: null,
      scopes: SCOPES,
      platform: 'linux',
      credential,
    };
    socket.send(connectText(attempt, await socket.challenge()));
    const answer = await socket.answer();
    if (!answer?.ok) {
      socket.leave();
      throw new Error(`the owner was refused: ${answer?.error?.message ?? socket.close?.reason}`);
    }
    this.#socket = socket;
  }

  async ask(method: string, params: Record<string, unknown> = {}): Promise<any> {
    if (!this.#socket) throw new Error('connect first');
    this.#count += 1;
    const id = `ask-${this.#count}`;
    this.#socket.send(JSON.stringify({ type: 'req', id, method, params }));
    const answer = await this.#socket.answer(id);
    if (!answer?.ok) throw new Error(`${method}: ${answer?.error?.message ?? 'the socket was closed'}`);
    return answer.payload;
  }

  /** Approves what this device asks for. */
  async approve(deviceId: string): Promise<void> {
    const { pending } = await this.ask('device.pair.list');
    const request = pending.find((each: { deviceId: string }) => each.deviceId === deviceId);
    if (!request) throw new Error('nothing to approve');
    await this.ask('device.pair.approve', { requestId: request.requestId });
  }

  /** Resolves when the gateway has closed the owner's socket, or at the limit. */
  async closed(limitMs: number): Promise<void> {
    await this.#socket?.closed(limitMs);
  }

  leave(): void {
    this.#socket?.leave();
    this.#socket = null;
  }
}

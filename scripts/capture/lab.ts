/** One gateway under observation: its secret, its owner, and the notebook that everything goes into. */

import { Admin } from '../../harness/gateway/admin.ts';
import { connectLive, connectOnce, type Outcome, type Recorder } from '../../harness/gateway/client.ts';
import {
  type Attempt,
  type Credential,
  describeAttempt,
  EXTENSION_ORIGIN,
  type Identity,
  type Profile,
} from '../../harness/gateway/identity.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { until, within } from '../../harness/process/wait.ts';
import { Store } from './store.ts';

/** A situation that takes longer hangs, and is given up. */
const SITUATION_LIMIT_MS = 60_000;
/** A gateway that notices a change of its configuration does so within a second or two. */
const RELOAD_LIMIT_MS = 10_000;

/** Situations that provoke refusals come quickly one after the other: more than the 10 that lock everyone out. */
export const MOST_REFUSALS = 50;

export class Lab {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly admin: Admin;
  /** `undefined` while the gateway wants none. */
  secret: Credential | undefined;

  private constructor(gateway: Gateway) {
    this.gateway = gateway;
    this.store = new Store(gateway.version);
    this.admin = new Admin(gateway.url);
    this.secret = this.#learn({ field: 'token', value: 'gateway secret', secret: gateway.token });
    this.store.know(gateway.home, '/gateway-home');
  }

  static async create(version: string): Promise<Lab> {
    const lab = new Lab(await createGateway({ version }));
    await lab.gateway.configure((config) => {
      config.gateway.auth.rateLimit = { maxAttempts: MOST_REFUSALS };
    });
    return lab;
  }

  #learn(credential: Credential): Credential {
    this.store.know(credential.secret, `placeholder-${credential.value.replaceAll(' ', '-')}`);
    return credential;
  }

  /** A credential whose value must not get into a file. */
  credential(field: Credential['field'], value: string, secret: string): Credential {
    return this.#learn({ field, value, secret });
  }

  /** One `connect`, written down under that name. `null` if it hung. */
  async note(situation: string, attempt: Attempt): Promise<Outcome | null> {
    return this.guard(situation, async () => {
      const outcome = await connectOnce(this.gateway.url, attempt);
      await this.store.write(situation, { sent: describeAttempt(attempt), ...outcome });
      return outcome;
    });
  }

  /** Runs one situation; if it fails or hangs the index says so, and the next one has its turn. */
  async guard<T>(situation: string, run: () => Promise<T>): Promise<T | null> {
    try {
      return await within(SITUATION_LIMIT_MS, situation, run());
    } catch (error) {
      // Further lines are the gateway's log.
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      this.store.notApplicable(situation, reason);
      return null;
    }
  }

  /** A socket that is connected while `happens`. What it saw is written down. `null` if it did not happen. */
  async noteLive(
    situation: string,
    attempt: Attempt,
    happens: (socket: Recorder) => Promise<unknown>,
    limitMs = 4000,
    mustClose = false,
  ): Promise<true | null> {
    return this.guard(situation, async () => {
      const [socket, { hello, error }] = await connectLive(this.gateway.url, attempt);
      try {
        if (!hello) throw new Error(`not connected: ${error?.message}`);
        await happens(socket);
        const close = await socket.closed(limitMs);
        if (mustClose && !close) throw new Error(`the socket was still open after ${limitMs / 1000} s`);
        await this.store.write(situation, { sent: describeAttempt(attempt), frames: socket.frames, close });
        return true as const;
      } finally {
        socket.leave();
      }
    });
  }

  /** Connects with the secret, is approved if need be. Resolves to what the gateway then said hello with. */
  async pair(profile: Profile, identity: Identity): Promise<any> {
    const attempt = { profile, identity, credential: this.secret };
    const first = await connectOnce(this.gateway.url, attempt);
    if (first.hello) return first.hello;
    await this.admin.approve(identity.deviceId);
    const second = await connectOnce(this.gateway.url, attempt);
    if (!second.hello) throw new Error(`not admitted after the approval: ${second.error?.message}`);
    return second.hello;
  }

  async boot(): Promise<void> {
    await this.gateway.start();
    await this.refresh();
  }

  /** Waits until the gateway admits clients, and connects its owner again. */
  async refresh(limitMs = 120_000): Promise<void> {
    const { secret } = this;
    if (secret) {
      await this.gateway.ready({ limitMs });
      await this.admin.connect(secret);
    } else {
      // Without a secret newer gateways want a device from everybody, which `ready()` does not bring.
      const connected = (): Promise<boolean> =>
        this.admin.connect(undefined).then(
          () => true,
          () => false,
        );
      await until(limitMs, 'the gateway to admit its owner', connected, 250);
    }
  }

  /** Changes the configuration, and waits until the gateway has restarted or taken it over as it runs. */
  async reconfigure(change: (config: Record<string, any>) => void): Promise<void> {
    const closed = this.admin.closed(RELOAD_LIMIT_MS);
    await this.gateway.configure(change);
    await closed;
    await this.settle();
  }

  /** Like {@link refresh}, for a gateway that may put its restart off: 2026.8.1 does while a request is open. */
  async settle(): Promise<void> {
    try {
      await this.refresh(30_000);
    } catch {
      console.log('  (the gateway did not restart by itself)');
      await this.gateway.stop();
      await this.boot();
    }
  }

  /** Another secret, in the file first and then here. */
  async useSecret(secret: Credential, change: (config: Record<string, any>) => void): Promise<void> {
    this.secret = this.#learn(secret);
    await this.gateway.configure(change);
  }

  async remove(): Promise<void> {
    this.admin.leave();
    await this.gateway.remove();
  }
}

/** Lets an extension in by its exact origin, or by a literal that old gateways take all extensions for. */
export const ADMISSIONS = [EXTENSION_ORIGIN, 'null', '*'] as const;

/**
 * What the command that approves us answers where it may not, on a real gateway of one version: a command line of another
 * computer, with and without what it would need. Each has a row in `src/remedy/approver.ts`, or it worked.
 */
import { randomUUID } from 'node:crypto';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { Reader } from '../../harness/gateway/reader.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import type { ApproverAnswer } from '../../src/remedy/approver.ts';
import { remediesFor } from '../../src/remedy/what-helps.ts';
import { factsOf } from '../../test/fixtures/remedy-facts.ts';
import { answersIn, elsewhere, requestFrom } from './approver.ts';

/** How the command line comes to run it. */
export const SITUATIONS = [
  'never paired',
  'paired, with the secret',
  'paired, without a secret',
  'rotated, without a secret',
  'rotated, with the secret',
  'removed, without a secret',
  'removed, with the secret',
  'an old secret',
  'an id that is gone',
  'nobody answers',
  '--url and --token',
  'a client that may only pair',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** The rows that its words belong to; none where it approved. */
export interface Answer {
  readonly situation: Situation;
  readonly isApproved: boolean;
  readonly rows: readonly ApproverAnswer[];
  readonly words: string;
}

/** All of them, one after the other: about a minute on an idle machine. */
export async function answersOf(version: string): Promise<readonly Answer[]> {
  const gateway = await createGateway({ version });
  try {
    await gateway.configure((config) => {
      // Before, who comes from a trusted proxy's address is never local, not even the owner.
      if (version > '2026.5') config.gateway.trustedProxies = ['127.0.0.1'];
    });
    await gateway.start();
    await gateway.ready({ limitMs: 180_000 });
    const proxy = await startRemoteProxy(gateway.port);
    try {
      return await play(gateway, proxy.url);
    } finally {
      await proxy.close();
    }
  } finally {
    await gateway.remove();
  }
}

async function play(gateway: Gateway, url: string): Promise<readonly Answer[]> {
  const { version, token } = gateway;
  const answers: Answer[] = [];
  const command = async (): Promise<string> => {
    const facts = factsOf({ serverVersion: version, requestId: await requestFrom(url, gateway) });
    return remediesFor('not-paired', facts)[0]?.command ?? '';
  };
  const note = (situation: Situation, printed: string): void => {
    const isApproved = /^Approved /m.test(printed);
    answers.push({ situation, isApproved, rows: isApproved ? [] : answersIn(printed), words: printed });
  };
  const remote = (name: string, secret?: string) => async (): Promise<string> => {
    const config = { mode: 'remote', remote: { url, ...(secret && { token: secret }) } };
    return elsewhere(gateway, name, config, await command());
  };
  const withSecret = remote('elsewhere', token);
  const without = remote('elsewhere');

  const known = new Set((await gateway.devices()).paired.map(({ deviceId }) => deviceId));
  note('never paired', await withSecret());
  const own = (await gateway.devices()).pending.find(({ scopes = [] }) =>
    scopes.includes('operator.pairing'),
  );
  if (own) await gateway.approve(own.requestId);
  note('paired, with the secret', await withSecret());
  note('paired, without a secret', await without());
  const device = (await gateway.devices()).paired.find(
    ({ deviceId }) => deviceId === own?.deviceId && !known.has(deviceId),
  );
  if (device) {
    await gateway.rotate(device.deviceId);
    note('rotated, without a secret', await without());
    note('rotated, with the secret', await withSecret());
    await gateway.asOwner((owner) => owner.ask('device.pair.remove', { deviceId: device.deviceId }));
    note('removed, without a secret', await without());
    note('removed, with the secret', await withSecret());
  }
  note('an old secret', await remote('outdated', 'a-secret-of-before')());
  const gone = remediesFor('not-paired', factsOf({ serverVersion: version, requestId: randomUUID() }))[0];
  note('an id that is gone', await gateway.shell(gone?.command ?? '').catch(String));
  const nobody = { mode: 'remote', remote: { url: 'ws://127.0.0.1:9', token } };
  note('nobody answers', await elsewhere(gateway, 'nobody', nobody, await command()));
  const flags = `--url ${url} --token ${token}`;
  note('--url and --token', await elsewhere(gateway, 'flags', {}, `${await command()} ${flags}`));
  note('a client that may only pair', await ofOneThatMayPair(gateway, await requestFrom(url, gateway)));
  return answers;
}

/** A client without the right to administer, as the command line asks for all: its request is made on a socket. */
async function ofOneThatMayPair(gateway: Gateway, requestId: string): Promise<string> {
  const credential = { field: 'token', value: 'gateway secret', secret: gateway.token } as const;
  const client = await Reader.create(gateway, credential, ['operator.read', 'operator.pairing']);
  try {
    await client.ask('device.pair.approve', { requestId });
    return 'Approved by it';
  } catch (error) {
    return String(error);
  } finally {
    client.leave();
  }
}

/**
 * A command line that was to approve us and may not: how it comes to that on a real gateway, and what it then says. Rows of
 * `src/remedy/approver.ts` are words that were seen here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Recorder } from '../../harness/gateway/client.ts';
import { connectText, newIdentity } from '../../harness/gateway/identity.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { APPROVER_ANSWER_IDS, type ApproverAnswer, approverAnswer } from '../../src/remedy/approver.ts';

/** A request of a read-only client elsewhere. Returns its id. */
export async function requestFrom(url: string, gateway: Gateway): Promise<string> {
  const identity = newIdentity();
  const socket = new Recorder(url, null);
  const credential = { field: 'token', value: 'gateway secret', secret: gateway.token } as const;
  const profile = { id: 'cli', mode: 'cli', caps: [] };
  socket.send(
    connectText({ profile, identity, origin: null, platform: 'linux', credential }, await socket.challenge()),
  );
  await socket.answer();
  socket.leave();
  const { pending } = await gateway.devices();
  const request = pending.find(({ deviceId }) => deviceId === identity.deviceId);
  if (!request) throw new Error('nothing waits for approval');
  return request.requestId;
}

/** A command line with a home of its own, as on another computer or in another container: what it says of this command. */
export async function elsewhere(
  gateway: Gateway,
  name: string,
  config: Record<string, unknown>,
  command: string,
): Promise<string> {
  const home = join(gateway.home, name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'openclaw.json'), JSON.stringify({ gateway: config }));
  return gateway.shell(`HOME=${home} OPENCLAW_STATE_DIR=${home} ${command}`).catch((error) => String(error));
}

/** The answers whose words are in what a command printed. */
export const answersIn = (printed: string): readonly ApproverAnswer[] =>
  APPROVER_ANSWER_IDS.filter((id) =>
    approverAnswer(id).says.some((words) => printed.includes(words.replace(/ …$/, ''))),
  );

/** Clients that a gateway refuses: how that comes about, and what they do then as the card says. */
import { connectOnce, type Outcome } from '../../harness/gateway/client.ts';
import { type Attempt, type Credential, type Identity, newIdentity } from '../../harness/gateway/identity.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { CureId } from '../../src/explain/cures.ts';
import type { ClientKind, ExplainedCode } from '../../src/explain/types.ts';

/** A gateway, and the way to it from another computer. */
export interface Place {
  readonly gateway: Gateway;
  readonly url: string;
}

/** One client and one cause. */
export interface Case {
  readonly name: string;
  /** What is to be told of it, and what is to help first; `null`: only that its request has to be approved. */
  readonly told: readonly [ClientKind, ExplainedCode, CureId];
  /** Has it refused. Resolves to what it does once it was cured as the card says: whether it is let in, or what is next. */
  refuse(place: Place): Promise<() => Promise<Outcome>>;
  /** Versions that cannot have it, or name it otherwise, and why. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Shaped like a real one. */
const WRONG = 'placeholder-of-a-secret-that-is-wrong';
const right = ({ token }: Gateway): Credential => ({
  field: 'token',
  value: 'gateway secret',
  secret: token,
});
const WRONG_SECRET: Credential = { field: 'token', value: 'wrong gateway secret', secret: WRONG };

type Program = readonly [id: string, mode: string, role?: string];
const CLI: Program = ['cli', 'cli'];
const NODE: Program = ['node-host', 'node', 'node'];

function attemptOf([id, mode, role]: Program, identity: Identity, credential?: Credential): Attempt {
  return {
    profile: { id, mode, caps: [] },
    identity,
    credential,
    origin: null,
    ...(role && { role, scopes: [] }),
    extra: { client: { id, mode, displayName: 'box', version: '2026.1.1', platform: 'linux' } },
  };
}

const approved = async ({ gateway }: Place, { deviceId }: Identity): Promise<void> => {
  await gateway.asOwner((owner) => owner.approve(deviceId)).catch(() => {});
};

/** Lets it in with everything that it asks for. */
async function admitted(place: Place, attempt: Attempt): Promise<Outcome> {
  const first = await connectOnce(place.url, attempt);
  if (first.hello) return first;
  if (attempt.identity) await approved(place, attempt.identity);
  return connectOnce(place.url, attempt);
}

const deviceTokenOf = (version: string, { hello }: Outcome): Credential => ({
  field: version.startsWith('2026.2.') ? 'token' : 'deviceToken',
  value: 'device token',
  secret: hello?.auth?.deviceToken ?? WRONG,
});

/** Asks and waits: the owner approves. */
const waiting = (program: Program, more: Partial<Attempt> = {}) =>
  async function refuse(place: Place) {
    const identity = newIdentity();
    const attempt = { ...attemptOf(program, identity, right(place.gateway)), ...more };
    await connectOnce(place.url, attempt);
    return async () => {
      await approved(place, identity);
      return connectOnce(place.url, attempt);
    };
  };

/** Is paired, and asks for more than that. */
const asking = (more: Partial<Attempt>) =>
  async function refuse(place: Place) {
    const identity = newIdentity();
    const attempt = attemptOf(CLI, identity, right(place.gateway));
    await admitted(place, attempt);
    await connectOnce(place.url, { ...attempt, ...more });
    return async () => {
      await approved(place, identity);
      return connectOnce(place.url, { ...attempt, ...more });
    };
  };

/** Holds an old gateway secret; is given the right one, and is approved if it is new. */
const stale = (program: Program, credential: Credential | null = WRONG_SECRET) =>
  async function refuse(place: Place) {
    const identity = newIdentity();
    await connectOnce(place.url, attemptOf(program, identity, credential ?? undefined));
    return () => admitted(place, attemptOf(program, identity, right(place.gateway)));
  };

/** Holds a device token that was replaced, and signs in once with the gateway secret. */
const rotated = (program: Program) =>
  async function refuse(place: Place) {
    const { gateway, url } = place;
    const identity = newIdentity();
    const attempt = attemptOf(program, identity, right(gateway));
    const old = deviceTokenOf(gateway.version, await admitted(place, attempt));
    const role = program[2] ?? 'operator';
    await gateway.asOwner((owner) => owner.ask('device.token.rotate', { deviceId: identity.deviceId, role }));
    await connectOnce(url, { ...attempt, credential: old });
    return () => connectOnce(url, attempt);
  };

const OLD = 'names an old secret and an old device token alike';
const UNKNOWN_THERE = 'does not know this client yet';

export const CASES: readonly Case[] = [
  {
    name: 'command line, not paired',
    told: ['unknown', 'not-paired', 'approve-request'],
    refuse: waiting(CLI),
  },
  {
    name: 'command line, asks for more access',
    told: ['cli', 'scope-upgrade', 'approve-on-dashboard'],
    refuse: asking({ scopes: ['operator.read', 'operator.write'] }),
  },
  {
    name: 'command line, asks for another role',
    told: ['cli', 'role-upgrade', 'approve-request'],
    refuse: asking({ role: 'node', scopes: [] }),
  },
  { name: 'node, not paired', told: ['unknown', 'not-paired', 'approve-request'], refuse: waiting(NODE) },
  {
    name: 'command line, old gateway secret',
    told: ['cli', 'gateway-secret-mismatch', 'set-cli-secret'],
    refuse: stale(CLI),
    except: { '2026.2.21': OLD },
  },
  {
    name: 'command line, no credential',
    told: ['cli', 'gateway-secret-missing', 'set-cli-secret'],
    refuse: stale(CLI, null),
  },
  {
    name: 'command line, old device token',
    told: ['cli', 'device-token-mismatch', 'sign-in-with-secret'],
    refuse: rotated(CLI),
  },
  {
    name: 'terminal UI, old gateway secret',
    told: ['tui', 'gateway-secret-mismatch', 'set-cli-secret'],
    refuse: stale(['openclaw-tui', 'ui']),
    except: { '2026.2.21': UNKNOWN_THERE },
  },
  {
    name: 'node, old gateway secret',
    told: ['node', 'gateway-secret-mismatch', 'set-node-secret'],
    refuse: stale(NODE),
    except: { '2026.2.21': OLD },
  },
  {
    name: 'node, old device token',
    told: ['node', 'device-token-mismatch', 'set-node-secret'],
    refuse: rotated(NODE),
  },
  {
    name: 'phone, old gateway secret',
    told: ['phone', 'gateway-secret-mismatch', 'scan-setup-code'],
    async refuse(place) {
      const identity = newIdentity();
      const attempt = attemptOf(['openclaw-ios', 'ui'], identity, WRONG_SECRET);
      await connectOnce(place.url, attempt);
      return async () => {
        const code = await place.gateway.setupCode();
        const { bootstrapToken } = JSON.parse(Buffer.from(code, 'base64url').toString());
        const credential = { field: 'bootstrapToken', value: 'setup code', secret: bootstrapToken } as const;
        return admitted(place, { ...attempt, credential });
      };
    },
    except: { '2026.2.21': OLD, '2026.5.28': 'its setup codes are made by its command line alone' },
  },
  {
    name: 'command line, unknown setup code',
    told: ['cli', 'setup-code-rejected', 'pair-again'],
    async refuse(place) {
      const identity = newIdentity();
      const credential = { field: 'bootstrapToken', value: 'wrong setup code', secret: WRONG } as const;
      await connectOnce(place.url, attemptOf(CLI, identity, credential));
      return async () => {
        const code = await place.gateway.setupCode();
        const { bootstrapToken } = JSON.parse(Buffer.from(code, 'base64url').toString());
        return admitted(place, attemptOf(CLI, identity, { ...credential, secret: bootstrapToken }));
      };
    },
    except: {
      '2026.2.21': 'knows no such codes',
      '2026.5.28': 'its setup codes are made by its command line alone',
    },
  },
  {
    name: 'command line, old protocol',
    told: ['cli', 'protocol-mismatch', 'update-client'],
    async refuse(place) {
      const attempt = attemptOf(CLI, newIdentity(), right(place.gateway));
      await connectOnce(place.url, { ...attempt, protocol: 2 });
      return () => admitted(place, attempt);
    },
  },
  {
    name: 'command line, wrong signature',
    told: ['cli', 'device-auth-invalid', 'pair-again'],
    async refuse(place) {
      const identity = newIdentity();
      const attempt = attemptOf(CLI, identity, right(place.gateway));
      await connectOnce(place.url, { ...attempt, badSignature: true });
      return () => admitted(place, attemptOf(CLI, newIdentity(), right(place.gateway)));
    },
  },
];

/**
 * What helps which client with which cause: rows, first match wins. Where no row stands, the fault is the gateway's or
 * the way to it, and what helps is the same for everybody: `src/diagnoses.ts`.
 */
import type { CommandId } from '../remedy/commands.ts';
import { type ClientKind, type ExplainedCode, isOtherCode, type Statement } from './types.ts';

/** Every cure, and the command that belongs to it. Its words: `explain_cure_<id>`. */
export const CURES = {
  /** On the gateway's page of devices, or by a command. */
  'approve-request': { run: 'devices-approve' },
  /** The command asks for no more rights than the request names, and is denied where the device has others besides. */
  'approve-on-dashboard': {},
  'find-request': { run: 'devices-list' },
  'list-again': { run: 'devices-list' },
  /** Where a command line has its secret from. */
  'set-cli-secret': { run: 'auth-token' },
  /** Once with the secret, and the gateway gives it another device token. */
  'sign-in-with-secret': { run: 'auth-token' },
  /** A rejected tab shows the page; it has dropped its device token by then, so nothing has to be forgotten. */
  'sign-in-dashboard': { run: 'auth-token' },
  'scan-setup-code': { run: 'setup-code' },
  'set-node-secret': { run: 'auth-token' },
  /** What runs within the gateway has the secret that was there when it started. */
  'restart-gateway': { run: 'gateway-restart' },
  'give-secret': { run: 'auth-token' },
  'pair-again': { run: 'setup-code' },
  'sit-out': {},
  'open-at-gateway': {},
  'open-securely': {},
  'reload-page': {},
  'update-client': { run: 'update' },
  'ask-for-less': { run: 'devices-list' },
  'use-devices-page': {},
  'name-address': { run: 'setup-code' },
  'use-wss': {},
  'trust-certificate': {},
  'trust-proxy': {},
  'free-port': { run: 'gateway-status' },
  'free-state-dir': { run: 'gateway-status' },
  'repair-config': { run: 'doctor' },
  'come-through-proxy': {},
} as const satisfies Record<string, { readonly run?: CommandId }>;

export type CureId = keyof typeof CURES;

/** What helps one client with one cause. */
export interface Cure {
  readonly id: CureId;
  /** The command that belongs to it. */
  readonly run?: CommandId;
}

const APPROVAL: readonly ExplainedCode[] = [
  'not-paired',
  'role-upgrade',
  'scope-upgrade',
  'metadata-upgrade',
];
const SECRET: readonly ExplainedCode[] = [
  'gateway-secret-mismatch',
  'gateway-password-mismatch',
  'gateway-secret-missing',
  'gateway-password-missing',
  'no-credential',
];
const DEVICE_TOKEN: readonly ExplainedCode[] = ['device-token-mismatch'];
const SETUP_CODE: readonly ExplainedCode[] = ['setup-code-rejected', 'setup-code-expired'];
const VERSIONS: readonly ExplainedCode[] = [
  'protocol-mismatch',
  'gateway-too-old',
  'gateway-too-new',
  'client-not-accepted',
];
const COMMAND_LINES: readonly ClientKind[] = ['cli', 'tui'];

interface Row {
  readonly codes: readonly ExplainedCode[];
  /** Everybody, unless given. */
  readonly clients?: readonly ClientKind[];
  /** Only where the text says which request it is. */
  readonly withRequest?: true;
  readonly cures: readonly CureId[];
}

const ROWS: readonly Row[] = [
  { codes: ['scope-upgrade'], withRequest: true, cures: ['approve-on-dashboard'] },
  { codes: APPROVAL, withRequest: true, cures: ['approve-request'] },
  { codes: APPROVAL, cures: ['find-request'] },
  { codes: SECRET, clients: COMMAND_LINES, cures: ['set-cli-secret'] },
  { codes: [...SECRET, ...DEVICE_TOKEN], clients: ['dashboard'], cures: ['sign-in-dashboard'] },
  { codes: SECRET, clients: ['phone'], cures: ['scan-setup-code'] },
  { codes: SECRET, clients: ['node'], cures: ['set-node-secret'] },
  { codes: SECRET, clients: ['sub-agent', 'gateway'], cures: ['restart-gateway'] },
  { codes: SECRET, cures: ['give-secret'] },
  { codes: DEVICE_TOKEN, clients: COMMAND_LINES, cures: ['sign-in-with-secret'] },
  { codes: DEVICE_TOKEN, clients: ['phone'], cures: ['scan-setup-code'] },
  { codes: DEVICE_TOKEN, clients: ['node'], cures: ['set-node-secret'] },
  { codes: DEVICE_TOKEN, clients: ['sub-agent', 'gateway'], cures: ['restart-gateway'] },
  { codes: DEVICE_TOKEN, cures: ['pair-again'] },
  { codes: SETUP_CODE, cures: ['pair-again'] },
  { codes: ['rate-limited'], cures: ['sit-out'] },
  { codes: ['origin-not-allowed'], cures: ['open-at-gateway'] },
  { codes: ['device-identity-required'], clients: ['dashboard'], cures: ['open-securely'] },
  { codes: ['device-identity-required'], cures: ['update-client'] },
  { codes: ['device-auth-invalid', 'identity-conflict'], cures: ['pair-again'] },
  { codes: ['proxy-identity-missing'], cures: ['come-through-proxy'] },
  { codes: VERSIONS, clients: ['dashboard'], cures: ['reload-page', 'update-client'] },
  { codes: VERSIONS, cures: ['update-client'] },
  { codes: ['scope-mismatch'], cures: ['ask-for-less'] },
  { codes: ['missing-scope'], cures: ['use-devices-page'] },
  { codes: ['request-gone'], cures: ['list-again'] },
  { codes: ['setup-code-address'], cures: ['name-address'] },
  { codes: ['plaintext-refused'], cures: ['use-wss'] },
  { codes: ['certificate-rejected'], cures: ['trust-certificate'] },
  { codes: ['proxy-untrusted'], cures: ['trust-proxy'] },
  { codes: ['port-taken'], cures: ['free-port'] },
  { codes: ['state-dir-taken'], cures: ['free-state-dir'] },
  { codes: ['config-invalid'], cures: ['repair-config'] },
];

/** What helps this client; empty where the remedies of the diagnosis help everybody. */
export function curesFor({ code, client, requestId }: Statement): readonly Cure[] {
  const row = ROWS.find(
    ({ codes, clients, withRequest }) =>
      codes.includes(code) &&
      (clients === undefined || clients.includes(client)) &&
      (!withRequest || requestId !== null),
  );
  return row?.cures.map((id) => ({ id, ...CURES[id] })) ?? [];
}

/** A person has to approve on the gateway, and can in its own page. */
export const takesApproval = (code: ExplainedCode): boolean => !isOtherCode(code) && APPROVAL.includes(code);

const ON_THE_WAY: readonly ExplainedCode[] = [
  'gateway-unreachable',
  'address-silent',
  'certificate-rejected',
];

/** Where another client gets in, the gateway is up and its door open: the fault is at the client that does not. */
export const isClientSide = (code: ExplainedCode): boolean =>
  [...SECRET, ...DEVICE_TOKEN, ...ON_THE_WAY].includes(code);

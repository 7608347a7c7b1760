/** What a pasted text turned out to say. Codes and checked values only: the interface has the sentence for each. */
import type { Diagnosis, Platform } from '../remedy/types.ts';

/** Who was refused. */
export const CLIENT_KINDS = [
  'cli',
  'tui',
  'dashboard',
  'phone',
  'node',
  'sub-agent',
  'official-extension',
  /** A browser extension that signs in to the gateway, as this one does. */
  'extension',
  /** The gateway's own process. */
  'gateway',
  /** Another program that signs in as an operator. */
  'operator',
  'unknown',
] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** What other clients meet and this extension never does. */
export const OTHER_CODES = [
  /** The client is in, and may not do what it asked for. */
  'missing-scope',
  /** The request that was to be approved is not there any more. */
  'request-gone',
  /** `openclaw qr` on a gateway that listens on loopback alone. */
  'setup-code-address',
  /** The client itself sends no secret over plain `ws://`. */
  'plaintext-refused',
  'certificate-rejected',
  /** The gateway did not start, because its port is taken. */
  'port-taken',
  /** The same of its state directory: one process at a time may change what lies there. */
  'state-dir-taken',
  /** The gateway, or the command, did not start: its configuration makes no sense to it. */
  'config-invalid',
] as const;
export type OtherCode = (typeof OTHER_CODES)[number];

/** Everything that an explanation can name. */
export type ExplainedCode = Diagnosis | OtherCode;

export const isOtherCode = (code: ExplainedCode): code is OtherCode =>
  OTHER_CODES.some((other) => other === code);

/** One thing that happened to one client, however often the text says so. */
export interface Statement {
  readonly code: ExplainedCode;
  readonly client: ClientKind;
  /** How many refusals of it a gateway's log has; 0 where the text is no log. */
  readonly count: number;
  /** The last one: where several are told, the newest counts. */
  readonly closeCode: number | null;
  /** The gateway's own code or reason, as in `AUTH_TOKEN_MISMATCH` and `token_mismatch`. */
  readonly words: readonly string[];
  /** A UUID. Ids that were cut off are none. */
  readonly requestId: string | null;
  /** `ws(s)://host:port`, without path. */
  readonly address: string | null;
}

export interface Explained {
  /** The last one that the text tells of comes first. Empty where nothing in it is known. */
  readonly statements: readonly Statement[];
  /** Of OpenClaw, the last one that the text names. */
  readonly version: string | null;
  /** Where the text was printed, as far as it shows. */
  readonly place: Platform | null;
  /** Something in the text was masked. */
  readonly hasSecret: boolean;
}

/** What a paste turned out to be. Codes only: the interface has the sentence for each. */

import type { Reach } from '../reach.ts';
import type { Secret } from '../secret.ts';
import type { AddressProblem } from './address.ts';

/** A current setup code: pairs without a gateway secret. Bound to the first device key that presents it. */
export interface SetupCodePaste {
  readonly kind: 'setup-code';
  readonly address: string;
  readonly reach: Reach;
  /** The bootstrap token inside the code: what `auth.bootstrapToken` carries. */
  readonly setupCode: Secret;
  /** Milliseconds since 1970, by the gateway's clock; `null` if the code does not say. */
  readonly expiresAt: number | null;
}

/** The gateway's shared secret. */
export interface GatewaySecretPaste {
  readonly kind: 'gateway-secret';
  readonly form: 'dashboard-link' | 'address-with-secret' | 'old-setup-code' | 'bare-secret';
  readonly address: string;
  readonly reach: Reach;
  readonly secret: Secret;
  /** `token` also where the text does not say which of the two it is. */
  readonly secretKind: 'token' | 'password';
}

/** An address alone: a secret is needed in the second field. */
export interface AddressPaste {
  readonly kind: 'address';
  readonly address: string;
  readonly reach: Reach;
}

/** What the official extension is paired with: lets us prove that the relay is the right one, and nothing else. */
export interface RelayKeyPaste {
  readonly kind: 'relay-key';
  /** A WebSocket address without key, profile and hint. */
  readonly relayAddress: string;
  /** The gateway it belongs to, if it says so. */
  readonly gatewayAddress: string | null;
  readonly profile: string | null;
  /** 64 lower-case hex digits. */
  readonly key: Secret;
}

/** Known, but of no use to us. It is not kept, whatever it holds. */
export interface NotUsablePaste {
  readonly kind: 'not-usable';
  readonly what: /** Of the relay that was removed in 2026.3.22, or cut off. */
    | 'relay-pairing-string'
    | 'owner-bootstrap-link'
    | 'join-link'
    | 'share-link'
    | 'deep-link'
    | 'shell-command';
  /** The gateway it belongs to, if it says so. */
  readonly gatewayAddress: string | null;
}

/** Why a text is refused. */
export type PasteProblem =
  | AddressProblem
  | 'empty'
  | 'too-long'
  | 'damaged-setup-code'
  | 'expired-setup-code'
  /** What `openclaw qr` says instead of a code where it was not told the address. */
  | 'loopback-only'
  | 'request-id'
  | 'chat-code'
  | 'placeholder'
  /** It may be a secret, or anything: it has a field of its own. */
  | 'secret-alone'
  | 'not-recognised';

export interface ProblemPaste {
  readonly kind: 'problem';
  readonly problem: PasteProblem;
}

export type Recognised =
  | SetupCodePaste
  | GatewaySecretPaste
  | AddressPaste
  | RelayKeyPaste
  | NotUsablePaste
  | ProblemPaste;

/** What the text itself may leave out. */
export interface PasteDefaults {
  /** The gateway that a bare secret is for. */
  readonly address?: string;
  /** Milliseconds since 1970; without it no setup code counts as expired. */
  readonly now?: number;
}

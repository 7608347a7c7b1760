/** What one captured file holds. `test/gateway/frames.test.ts` reads exactly this. */

/** How a `connect` was made, without a single secret in it. */
export interface Sent {
  clientId: string;
  mode: string;
  role: string;
  scopes: readonly string[];
  platform: string;
  /** The field of `auth` and what was in it, e.g. `{ field: 'deviceToken', value: 'rotated' }`. */
  credential: { field: AuthField; value: string } | null;
  /** The `Origin` header. */
  origin: string | null;
  /** What else is out of the ordinary, in words. */
  note?: string;
}

export type AuthField = 'token' | 'deviceToken' | 'bootstrapToken' | 'password';

export interface Close {
  code: number;
  reason: string;
}

export interface Capture {
  version: string;
  situation: string;
  /** `null` if the client sent no `connect`. */
  sent: Sent | null;
  /** What the gateway sent, parsed; values that differ from run to run are placeholders. */
  frames: readonly unknown[];
  /** `null` if the gateway had not closed the socket when we left. */
  close: Close | null;
}

export interface HttpFact {
  request: string;
  status: number | null;
  contentType: string | null;
  /** The first 200 characters. */
  body: string;
}

/** `index.json` of a version. */
export interface Index {
  version: string;
  /** How an extension's origin was let in, in words. */
  admission: string;
  situations: readonly string[];
  notApplicable: Readonly<Record<string, string>>;
  http: readonly HttpFact[];
}

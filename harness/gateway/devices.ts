/** A paired device in `openclaw devices list --json`; the fields that tests look at. */
export interface PairedDevice {
  deviceId: string;
  clientId?: string;
  clientMode?: string;
  displayName?: string;
  tokens?: unknown;
}

/** A request that waits for approval, in the same list. */
export interface PendingRequest {
  requestId: string;
  deviceId: string;
  clientId?: string;
  scopes?: string[];
}

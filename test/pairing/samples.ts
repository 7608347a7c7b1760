/** Made-up values in the shapes that real gateways print. */
import { Secret } from '../../src/secret.ts';

export const ADDRESS = 'ws://127.0.0.1:18789';
/** A gateway token as onboarding makes it. */
export const HEX_TOKEN = '4f1c9a0be37d52864f1c9a0be37d52864f1c9a0be37d5286';
/** A relay key, or a token made with `openssl rand -hex 32`. */
export const HEX64 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
export const JOIN_CODE = 'Ab3_dE-gH1jK2lM3nO4pQ5';

export const base64url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url');

/** As `encodePairingSetupCode` of OpenClaw does it. */
export const setupCode = (payload: unknown): string => base64url(JSON.stringify(payload));

/** A result with its secrets laid open, to compare them. */
export const shown = (result: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(result).map(([key, value]) => [key, value instanceof Secret ? value.reveal() : value]),
  );

/**
 * The command that helps with a cause, ready to copy. A command consists of fixed words and of values that
 * were checked against a pattern, so that nothing a gateway says can slip into a user's shell.
 */
import { type Cause, causeOf } from './causes.ts';

/** What a gateway may put into a request id (the pattern of `@openclaw/gateway-protocol`). */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Addresses that no shell reads as anything but one word. */
const PLAIN_ADDRESS = /^wss?:\/\/[A-Za-z0-9.[\]:_/-]+$/;

/**
 * The command for one cause, or `null` where no command helps. All verified against the command line of
 * OpenClaw 2026.9.6; `devices approve` is never shown with `--latest`, which only previews.
 */
export function remedyCommand(
  cause: Cause,
  facts: { readonly requestId: string | null; readonly address: string },
): string | null {
  const { remedy } = causeOf(cause);
  switch (remedy) {
    case 'approve':
      return facts.requestId !== null && REQUEST_ID.test(facts.requestId)
        ? `openclaw devices approve ${facts.requestId}`
        : 'openclaw devices list';
    case 'new-setup-code':
      return newSetupCodeCommand(facts.address);
    case 'show-secret':
      return 'openclaw gateway auth-token --show';
    case 'gateway-status':
      return 'openclaw gateway status --deep';
    case 'update':
      return 'openclaw update';
    case undefined:
      return null;
    default:
      return remedy satisfies never;
  }
}

/** Prints a setup code for the gateway at this address: pairs without the gateway secret (from 2026.8.1). */
export const newSetupCodeCommand = (address: string): string =>
  PLAIN_ADDRESS.test(address)
    ? `openclaw qr --setup-code-only --url ${address}`
    : 'openclaw qr --setup-code-only';

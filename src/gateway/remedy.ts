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
  facts: {
    readonly requestId: string | null;
    readonly address: string;
    /** This extension's own origin, as the gateway sees it. */
    readonly origin: string | null;
  },
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
    case 'allow-origin':
      return facts.origin !== null && ORIGIN.test(facts.origin) ? allowOriginCommand(facts.origin) : null;
    case 'generate-secret':
      return 'openclaw doctor --generate-gateway-token';
    case 'update':
      return 'openclaw update';
    case undefined:
      return null;
    default:
      return remedy satisfies never;
  }
}

/** What an extension's origin looks like: an id in Chromium, a UUID in Firefox. */
const ORIGIN = /^(chrome|moz)-extension:\/\/[a-z0-9-]{1,64}$/;

const ALLOWED_ORIGINS = 'gateway.controlUi.allowedOrigins';

/**
 * Adds our origin to the gateway's list and keeps what is in it: the new entry's index is the length of the list
 * as it is, which the command reads first. (`config set` of a whole list replaces it, and `--merge` refuses lists.)
 */
const allowOriginCommand = (origin: string): string =>
  `openclaw config set "${ALLOWED_ORIGINS}[$(openclaw config get ${ALLOWED_ORIGINS} --json | node -p 'try{JSON.parse(require("fs").readFileSync(0)).length}catch{0}')]" ${origin}`;

/**
 * Admits every origin: the only way into 2026.3.1 to 6.33 and 7.1, which cannot match an extension's. It replaces the
 * list, and it opens the gateway's front door to every page and extension, so it is never shown without saying so.
 */
export const ANY_ORIGIN_COMMAND = `openclaw config set ${ALLOWED_ORIGINS} '["*"]' --strict-json`;

/** Prints a setup code for the gateway at this address: pairs without the gateway secret (from 2026.8.1). */
export const newSetupCodeCommand = (address: string): string =>
  PLAIN_ADDRESS.test(address)
    ? `openclaw qr --setup-code-only --url ${address}`
    : 'openclaw qr --setup-code-only';

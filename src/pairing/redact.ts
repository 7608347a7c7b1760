/**
 * Masks everything in a foreign text that may be a secret: close reasons, error messages, reports.
 *
 * The last line of defence, not the first: our own texts are free of secrets because those are in a
 * `Secret`. It prefers to hide too much, but leaves what support needs: words, codes, request ids.
 */

const MASK = '[secret]';

/** What may come before a value: `token=`, `"password": "`, `OPENCLAW_GATEWAY_TOKEN=`, `setup code: `. */
const NAME =
  '(?:token|password|passwd|passphrase|secret|credential|setup ?code|pairing ?string|(?:api|relay|private|access)[_-]?key)';
const NAMED_QUOTED = new RegExp(
  `(${NAME}["'\`]?\\s{0,3}[:=]\\s{0,3}(["'\`]))(?:\\\\.|(?!\\2)[^\\\\\\r\\n])+`,
  'gi',
);
const NAMED = new RegExp(`(${NAME}["'\`]?\\s{0,3}[:=]\\s{0,3})[^\\s"'\`]+`, 'gi');
/** As an option of a command: `--token abc`. */
const OPTION = /(--(?:token|password|gateway-token|gateway-password)\s{1,3}["'`]?)[^\s"'`-][^\s"'`]*/gi;
const AUTHORIZATION = /\b((?:bearer|basic)\s{1,3})(?=\S*[\d=])[\w.~+/=-]{6,}/gi;
const USER_IN_URL = /:\/\/(?:[^\s/?#@]{1,1024}@)+/g;
const FRAGMENT = /(:\/\/[^\s#"'<>]{1,512}#)[^\s"'<>]+/g;
const JOIN_CODE = /(\/j\/)[\w-]{8,}/g;
const SETUP_CODE = /eyJ[\w+/-]{6,}[\w+/=.-]*/g;
const RUN = /[\w+-]{20,}={0,2}/g;
/** A request id, perhaps cut off: gateways shorten close reasons to 120 characters. */
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{1,12}/i;

/**
 * `text` with `[secret]` in place of: values that are named a token, password, secret, code or key; user
 * and password of a URL; fragments; join codes; setup codes; long runs that look random. Masking twice
 * changes nothing. Never throws. A gateway secret that is a UUID or a plain word shows unless it is named.
 */
export function redact(text: string): string {
  return (
    text
      .replace(NAMED_QUOTED, `$1${MASK}`)
      .replace(NAMED, `$1${MASK}`)
      .replace(OPTION, `$1${MASK}`)
      .replace(AUTHORIZATION, `$1${MASK}`)
      .replace(SETUP_CODE, MASK)
      .replace(JOIN_CODE, `$1${MASK}`)
      .replace(RUN, (run) => (looksRandom(run.replace(UUID, '')) ? MASK : run))
      // Last: they span whatever the others have masked already.
      .replace(USER_IN_URL, `://${MASK}@`)
      .replace(FRAGMENT, `$1${MASK}`)
  );
}

/**
 * Hex and base64url mix digits with letters over a long stretch, or change case all the time; words and
 * codes (`AUTH_DEVICE_TOKEN_MISMATCH`, `allowHostHeaderOriginFallback`, an extension id) do not.
 */
function looksRandom(run: string): boolean {
  const isMixed = /\d/.test(run) && /[a-z]/i.test(run) && /[^_-]{10}/.test(run);
  const caseChanges = run.match(/[a-z][A-Z]/g)?.length ?? 0;
  return isMixed || (caseChanges >= 4 && caseChanges * 6 >= run.length);
}

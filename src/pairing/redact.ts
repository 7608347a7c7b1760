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
/** A quote, as JSON within JSON writes it too: with backslashes before it. */
const QUOTE = '\\\\{0,15}["\'`]';
/** The name and what parts it from its value; or an option of a command, as in `--token abc`. */
const BEFORE = `(?:${NAME}(?:${QUOTE})?\\s{0,3}(?:=>|:|=(?!>))\\s{0,3}|--(?:gateway-)?(?:token|password)\\s{1,3}(?!-))`;
const QUOTED = new RegExp(`(${BEFORE}(${QUOTE}))(?:(?!\\2)\\\\*[^\\\\\\r\\n])+`, 'gi');
const BARE = new RegExp(`(${BEFORE})(?:(?!${QUOTE})\\S)+`, 'gi');
/** Whatever is sent in the header, to the end of its line or string. */
const HEADER = new RegExp(
  `(authorization(?:${QUOTE})? {0,3}[:=] {0,3}(?:${QUOTE})?(?:(?:bearer|basic) {1,3})?)[^\\s"'\`\\\\][^\\r\\n"'\`\\\\]*`,
  'gi',
);
const AUTHORIZATION = /\b((?:bearer|basic)\s{1,3})(?=\S*[\d=])[\w.~+/=-]{6,}/gi;
const USER_IN_URL = /:\/\/(?:[^\s/?#@]{1,1024}@)+/g;
const FRAGMENT = /(:\/\/[^\s#"'<>]{1,512}#)[^\s"'<>]+/g;
const JOIN_CODE = /(\/j\/)[\w-]{8,}/g;
const SETUP_CODE = /eyJ[\w+/-]{6,}[\w+/=.-]*/g;
/** Standard base64 has slashes, as paths have: not where a path, a URL or a module begins or goes on. */
const BASE64 = /(?<![\w.~@+/-])(?!\/\/)[A-Za-z\d+/]{28,}={0,2}(?![\w+/@-]|\.\w)/g;
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
      .replace(QUOTED, `$1${MASK}`)
      .replace(BARE, `$1${MASK}`)
      .replace(HEADER, `$1${MASK}`)
      .replace(AUTHORIZATION, `$1${MASK}`)
      .replace(SETUP_CODE, MASK)
      .replace(JOIN_CODE, `$1${MASK}`)
      .replace(BASE64, (run) => (isRestless(run) ? MASK : run))
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

/** Between small letters, capitals and digits random base64 changes at every other character, and a path once a word. */
function isRestless(run: string): boolean {
  const changes = run.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && changes * 4 >= run.length;
}

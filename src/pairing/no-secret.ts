/**
 * [P10] What looks like a secret and is something else, as OpenClaw, shells, browsers and documentation write it. One table
 * for what is pasted and for what is typed into a field for secrets.
 */
import { isCommand } from './paste.ts';
import type { PasteProblem } from './recognised.ts';

/** Words of which a placeholder consists, the telling ones first: `your-gateway-token`, `replace-me`. */
const TELLING = 'your|my|the|insert|paste|enter|replace|change|example|dummy|here|placeholder|changeme';
const OTHERS =
  'an?|put|use|gateway|openclaw|auth|secret|token|password|key|random|strong|real|with|me|this|value';
const FILLED = new RegExp(`^(?:(?:${TELLING}|${OTHERS})(?:[-_. ]+|$))+$`, 'i');
const TOLD = new RegExp(`(?:^|[-_. ])(?:${TELLING})(?:[-_. ]|$)`, 'i');

/**
 * Whether a value stands for another one: `<your-token>`, `${OPENCLAW_GATEWAY_TOKEN}`, `__OPENCLAW_REDACTED__`, `abcd…wxyz`,
 * copied from documentation, a script, a configuration that was printed, or a program that had nothing to put there.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((looks) => looks.test(text)) || (FILLED.test(text) && TOLD.test(text));
}

const PLACEHOLDERS: readonly RegExp[] = [
  /^(?:<.*>|\$\{.*\}|\$\(.*\)|\{\{.*\}\}|\{%.*%\}|\[[a-z][a-z _-]*\]|#\{.*\}|`.*`)$/,
  // Variables of shells and programs
  /^\$[A-Z][A-Z\d_]+$|^\$(?:\w+_)?(?:token|password|secret)$|^%[A-Z][A-Z\d_]+%$/,
  /^\$?(?:process\.)?env[:.]\w+$|^(?:secrets|vars)\.\w+$/i,
  // What was there is not shown.
  /^[*_<([{.-]*(?:openclaw[_-])?(?:redacted|masked|hidden|removed|omitted)[*_>)\]}.-]*$/i,
  /^([*•●·xX#?_.…-])\1{2,63}$/,
  /^\w{1,12}(?:\.{3}|…|\*{3,}|•{3,})\w{0,12}$/,
  // Nothing was there, or only whether there is one.
  /^(?:true|false|set|configured|missing|required|undefined|null|none|nil|nan|empty|unset|not[ -]?set|n\/a|\[object object\])$/i,
];

/**
 * Credentials of other services as their makers document them: OpenAI and others, GitHub, GitLab, Slack, Google, Groq,
 * Hugging Face, Tailscale, Telegram, Discord. A prefix alone proves nothing, for a password may be chosen so; the length does.
 */
const FOREIGN =
  /(?<![\w-])(?:sk-(?:ant|proj|svcacct|admin|or)-[\w-]{40}|gh[oprsu]_\w{36}|github_pat_\w{60}|glpat-[\w-]{20}|xox[a-z]-[\w-]{30}|xapp-\d-[\w-]{20}|AIza[\w-]{35}|gsk_\w{50}|hf_\w{34}|tskey-[a-z]{3,9}-[\w-]{20}|\d{8,12}:AA[\w-]{33}|[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27})/;

/** Whether a text holds what another service made. */
export const isForeign = (text: string): boolean => FOREIGN.test(text);

/** A variable, or a line of a configuration, with a name that is not the gateway secret's. */
const OTHER_NAME = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+=[^=\s]|^\{?\s*"[\w.-]+"\s*:|^[\w.-]+:\s+[{"']/;

const CODE_END =
  '(?:mismatch|missing|required|limited|invalid|expired|source|failed|allowed|denied|unauthorized|configured|upgrade)';

/** Single words. */
const WORDS: readonly (readonly [looks: RegExp, problem: PasteProblem])[] = [
  [/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, 'request-id'],
  // The letters and digits that OpenClaw makes them of: none that could be taken for another.
  [/^[A-HJ-NP-Z2-9]{8}$/, 'chat-code'],
  // Codes of errors, and names of variables
  [/^[A-Z]{2,}\d*(?:_[A-Z\d]{2,})+$/, 'not-recognised'],
  [/^E(?:CONN|TIMEDOUT|HOST|NET|ADDR|PIPE)[A-Z]*$/, 'not-recognised'],
  [new RegExp(`^[a-z]+(?:[_-][a-z]+)*[_-]${CODE_END}$`), 'not-recognised'],
  [/^not-paired$|^(?:unauthori[sz]ed|forbidden|disconnected|unreachable)[.:,;]?$/i, 'not-recognised'],
  [/^(?:[a-z]+[(=#-])?\(?1[01]\d\d\)?(?:[:.,;]\S*)?$/i, 'not-recognised'],
  // Paths of files
  [/^(?:~|\.{1,2})?\/(?:[\w.@-]+\/)+[\w.@-]*$|^[a-z]:\\/i, 'not-recognised'],
  // A prompt, a version, a network card, a certificate's fingerprint
  [/^[\w.-]+@[\w.-]+[:~]\S*[$#%>]$/, 'not-recognised'],
  [/^v?20\d\d\.\d+\.\d+(?:[-+]\S*)?$/i, 'not-recognised'],
  [/^(?:[\da-f]{2}[:-]){5,}[\da-f]{2}$/i, 'not-recognised'],
  [/^sha-?(?:1|256|512)[:=]/i, 'not-recognised'],
];

/** What programs say when something went wrong, wherever it stands in a line. */
const ERROR_LINE =
  /\b(?:unauthorized|pairing required|mismatch|gateway (?:closed|connect|not)|econn\w+|connection (?:refused|reset|failed|closed|lost)|missing scope|disconnected|1(?:00\d|01[0-5]))\b|(?:^|\s)\w*(?:error|fatal|warning|failed):/i;

/** The programs of the commands that people paste; some are words of a language, too, so something of a shell has to follow. */
const PROGRAM =
  /^(?:[$#>%❯]\s+)?(?:sudo\s+)?(?:(?:docker|podman|kubectl|np[mx]|systemctl|journalctl|tailscale|ssh|curl)\s|(?:cat|echo|printenv|export|set|grep|jq|node|git|ls|cd|openssl|\w+=\S+)\s.*[-/~.$|="'>])/i;

/** Whether a line is a command for a shell, of OpenClaw or of another program. */
export const isShellLine = (line: string): boolean => isCommand(line) || PROGRAM.test(line);

/**
 * What a text is that is certainly no secret; `null` if it may be one.
 *
 * @param text without what surrounds it
 */
export function notASecret(text: string): PasteProblem | null {
  if (isPlaceholder(text)) return 'placeholder';
  if (isForeign(text) || OTHER_NAME.test(text)) return 'not-recognised';
  if (!/\s/.test(text)) return WORDS.find(([looks]) => looks.test(text))?.[1] ?? null;
  if (/[\r\n]/.test(text) || ERROR_LINE.test(text)) return 'not-recognised';
  return null;
}

/** Words of one line without the marks of a sentence, or a single one that is short or has other letters than ASCII. */
export const mayBeSecret = (text: string): boolean =>
  text.length <= 128 &&
  !/[\r\n]/.test(text) &&
  !/^\W+$|^openclaw/i.test(text) &&
  !/[?!.,;:](?:\s|$)|[{}[\]<>|\\]|\//.test(text) &&
  text.split(/\s+/).length <= 8;

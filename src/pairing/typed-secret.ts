/**
 * Which gateway secret a user means by what was typed or pasted into a field for one: a bare one, however short, or any
 * text of OpenClaw's that holds it.
 */
import { Secret } from '../secret.ts';
import { labelled } from './labelled.ts';
import { isShellLine, notASecret } from './no-secret.ts';
import { unquote } from './paste.ts';
import { recognise } from './recognise.ts';
import type { NotUsablePaste, PasteProblem } from './recognised.ts';

/** Why a text holds no secret for this gateway. */
export type TypedSecretProblem =
  | 'secret-needed'
  /** It pairs, but it is no secret to keep. */
  | 'setup-code-no-secret'
  | 'secret-of-another'
  | NotUsablePaste['what']
  | PasteProblem;

/** What is certainly none, whatever else a password may look like. */
const CERTAIN: readonly PasteProblem[] = [
  'too-long',
  'damaged-setup-code',
  'expired-setup-code',
  'credentials-in-address',
  'request-id',
  'chat-code',
  'placeholder',
];

/** A URL of any kind. A colon alone is no such thing: passwords have it, too. */
const URL_LIKE =
  /:\/\/|^(?:javascript|data|mailto|blob|about|file|chrome|view-source|urn|tel|wss?|https?|openclaw|oc-pair):\S/i;

/** A name with dots that is not said to be an address may be a password. */
const isNameAlone = (text: string): boolean => /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}$/.test(text);

/**
 * [P10] [P13] Nothing but what may be a secret is ever one, and it goes without its name and its quotes.
 *
 * @param address of the gateway that it is for, normalised
 */
export function typedSecret(text: string, address: string): Secret | TypedSecretProblem {
  const bare = unquote(text);
  // A sentence that begins with a name is none here: it was typed where a secret belongs.
  const typed = labelled(bare)?.value ?? bare;
  if (typed === '') return 'secret-needed';
  const seen = recognise(text, { address });
  switch (seen.kind) {
    case 'gateway-secret':
      return seen.address === address ? seen.secret : 'secret-of-another';
    case 'setup-code':
      return 'setup-code-no-secret';
    case 'address':
      return isNameAlone(typed) ? new Secret(typed) : 'secret-needed';
    case 'relay-key':
      return 'relay-pairing-string';
    case 'not-usable':
      return seen.what;
    case 'problem': {
      if (CERTAIN.includes(seen.problem)) return seen.problem;
      const found = notASecret(typed);
      if (found !== null) return found;
      if (isShellLine(typed)) return 'shell-command';
      if (seen.problem === 'insecure-public' && isNameAlone(typed)) return new Secret(typed);
      if (URL_LIKE.test(typed) || seen.problem === 'insecure-public') return 'secret-needed';
      return new Secret(typed);
    }
    default:
      return seen satisfies never;
  }
}

/** Which gateway secret somebody means who turns on self-repair: a bare one, or whatever OpenClaw prints that holds it. */
import { Secret } from '../secret.ts';
import { recognise } from './recognise.ts';
import type { NotUsablePaste, PasteProblem } from './recognised.ts';

/** Why a text holds no secret for this gateway. */
export type RepairSecretProblem =
  | 'secret-needed'
  /** It pairs, but it is no secret to keep. */
  | 'setup-code-no-secret'
  | 'secret-of-another'
  | NotUsablePaste['what']
  | PasteProblem;

/** What is certainly none, whatever else a password may look like. */
const CERTAIN: readonly PasteProblem[] = ['too-long', 'damaged-setup-code', 'insecure-public'];

/** @param address of the gateway that it is for, normalised */
export function repairSecret(text: string, address: string): Secret | RepairSecretProblem {
  const seen = recognise(text, { address });
  switch (seen.kind) {
    case 'gateway-secret':
      return seen.address === address ? seen.secret : 'secret-of-another';
    case 'setup-code':
      return 'setup-code-no-secret';
    case 'address':
      return 'secret-needed';
    case 'relay-key':
      return 'relay-pairing-string';
    case 'not-usable':
      return seen.what;
    case 'problem': {
      const typed = text.trim();
      if (typed === '') return 'secret-needed';
      // A password may be short, or have spaces.
      return CERTAIN.includes(seen.problem) ? seen.problem : new Secret(typed);
    }
    default:
      return seen satisfies never;
  }
}

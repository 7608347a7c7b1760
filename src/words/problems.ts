/** The sentence for every problem that a command or a pasted text can have. */
import { type MessageKey, t } from '../browser/i18n.ts';
import type { TypedSecretProblem } from '../pairing/typed-secret.ts';
import { GATEWAY_PORT } from '../ports.ts';
import { PLAIN_ADDRESS } from '../remedy/plain-address.ts';

/** What form and worker find beyond what `recognise` does. */
type OtherProblem =
  | 'no-qr-code'
  | 'name-too-long'
  | 'secret-rejected-before'
  | 'not-connected'
  | 'storage-failed'
  | 'no-tab'
  | 'unknown-gateway'
  | 'unknown-command'
  | 'worker-unreachable';

export type Problem = TypedSecretProblem | OtherProblem;

const SENTENCES: Readonly<Record<Problem, MessageKey>> = {
  empty: 'problem_empty',
  'too-long': 'problem_too_long',
  'damaged-setup-code': 'problem_damaged_setup_code',
  'expired-setup-code': 'problem_expired_setup_code',
  'not-recognised': 'problem_not_recognised',
  'loopback-only': 'problem_loopback_only',
  'request-id': 'problem_request_id',
  'chat-code': 'problem_chat_code',
  placeholder: 'problem_placeholder',
  'secret-alone': 'problem_secret_alone',
  'not-an-address': 'problem_not_an_address',
  'unsupported-scheme': 'problem_unsupported_scheme',
  'bad-port': 'problem_bad_port',
  'credentials-in-address': 'problem_credentials_in_address',
  'insecure-public': 'problem_insecure_public',
  'relay-pairing-string': 'problem_relay_pairing_string',
  'owner-bootstrap-link': 'problem_owner_bootstrap_link',
  'join-link': 'problem_join_link',
  'share-link': 'problem_share_link',
  'deep-link': 'problem_deep_link',
  'shell-command': 'problem_shell_command',
  'no-qr-code': 'problem_no_qr_code',
  'name-too-long': 'problem_name_too_long',
  'secret-needed': 'problem_secret_needed',
  'setup-code-no-secret': 'problem_setup_code_no_secret',
  'secret-of-another': 'problem_secret_of_another',
  'secret-rejected-before': 'problem_secret_rejected_before',
  'not-connected': 'problem_not_connected',
  'storage-failed': 'problem_storage_failed',
  'no-tab': 'problem_no_tab',
  'unknown-gateway': 'problem_unknown_gateway',
  'unknown-command': 'problem_unknown_command',
  'worker-unreachable': 'problem_worker_unreachable',
};

/**
 * A code of a newer worker has no sentence here: it is shown as it is.
 *
 * @param address of the gateway that it is about, as far as one is known: commands in sentences name it
 */
export const problemSentence = (problem: string, address: string | null = null): string =>
  Object.hasOwn(SENTENCES, problem)
    ? // Which of them take an address is up to their words.
      t(
        SENTENCES[problem as Problem] as 'problem_join_link',
        address !== null && PLAIN_ADDRESS.test(address) ? address : USUAL,
      )
    : t('problem_other', problem);

/** Of a gateway on this computer, with its defaults. */
const USUAL = `ws://127.0.0.1:${GATEWAY_PORT}`;

/**
 * What helps with each diagnosis, mild first: what only looks may stand anywhere, and nothing stands after something
 * that changes more. A remedy that a platform or a version lacks is left out by `remedies.ts`.
 */
import type { Diagnosis } from './types.ts';
import type { RemedyId } from './ways.ts';

const APPROVAL = ['find-request', 'approve'] as const;
const SETUP_CODE = ['new-setup-code', 'show-secret'] as const;
const CLOCKS = ['check-clock', 'sync-clock'] as const;

export const CATALOGUE: Readonly<Record<Diagnosis, readonly RemedyId[]>> = {
  // The connection
  'connection-lost': ['gateway-status', 'gateway-logs', 'gateway-start'],
  'gateway-unreachable': [
    'gateway-status',
    'wsl-running',
    'maybe-in-wsl',
    'gateway-logs',
    'gateway-start',
    'wsl-networking',
    'publish-port',
    'gateway-restart',
    'reinstall-service',
  ],
  'gateway-not-answering': ['gateway-status', 'gateway-stability', 'gateway-logs', 'gateway-restart'],
  'handshake-failed': ['gateway-status', 'check-address', 'check-proxy', 'port-owner'],
  'handshake-timeout': ['gateway-status', 'gateway-stability', 'gateway-logs', 'gateway-restart'],
  'not-a-gateway': ['gateway-status', 'check-address', 'port-owner'],
  'gateway-mute': ['gateway-status', 'port-owner', 'gateway-restart'],
  'gateway-flooding': ['gateway-logs', 'gateway-status', 'port-owner', 'gateway-restart'],
  'answer-too-large': ['gateway-status', 'port-owner', 'gateway-logs', 'gateway-restart'],
  'address-silent': ['gateway-status', 'check-address', 'wsl-running', 'gateway-start', 'publish-port'],
  'gateway-unavailable': ['wait', 'gateway-logs'],
  'gateway-starting': ['wait', 'gateway-logs'],
  'gateway-restarting': ['gateway-status', 'gateway-logs', 'gateway-start'],
  'gateway-stopping': ['gateway-status', 'gateway-start'],
  offline: ['join-network'],

  // Approval and credentials
  'not-paired': APPROVAL,
  'role-upgrade': APPROVAL,
  'scope-upgrade': APPROVAL,
  'metadata-upgrade': APPROVAL,
  'rate-limited': ['wait', 'gateway-restart'],
  'device-token-mismatch': SETUP_CODE,
  'maybe-another-gateway': ['gateway-status', 'port-owner', 'new-setup-code', 'show-secret'],
  'device-token-unstable': ['gateway-status', 'gateway-logs', 'gateway-checkup', 'update', 'doctor'],
  'gateway-secret-mismatch': ['show-secret', 'new-setup-code', 'gateway-restart', 'reinstall-service'],
  'gateway-password-mismatch': ['new-setup-code', 'enter-password', 'gateway-restart'],
  'gateway-secret-missing': SETUP_CODE,
  'gateway-password-missing': ['new-setup-code', 'enter-password'],
  'setup-code-rejected': SETUP_CODE,
  'setup-code-expired': SETUP_CODE,
  'no-credential': SETUP_CODE,
  'credential-unanswered': ['gateway-status', 'gateway-logs', 'gateway-restart'],
  'credential-unreadable': SETUP_CODE,
  'identity-unavailable': ['restart-browser'],
  'proxy-identity-missing': ['use-proxy-address', 'new-setup-code'],
  'gateway-secret-unset': ['generate-secret', 'gateway-restart'],

  // The gateway will not have this client
  'scope-mismatch': ['new-setup-code'],
  'origin-not-allowed': ['allow-origin', 'gateway-restart', 'update'],
  'gateway-too-old': ['update'],
  'gateway-too-new': ['update-extension'],
  'protocol-mismatch': ['update-extension', 'update'],
  'client-not-accepted': ['update'],
  'identity-conflict': ['forget-here'],
  'device-auth-invalid': ['try-again', 'update-extension', 'forget-here'],
  'device-identity-required': ['check-proxy', 'update-extension', 'update'],
  'clock-skew': CLOCKS,
  'unknown-refusal': ['gateway-logs', 'gateway-status'],

  // What the past proves
  'clock-ahead': CLOCKS,
  'clock-behind': CLOCKS,
  'gateway-slow': ['gateway-stability', 'gateway-status', 'gateway-logs'],
  'idle-cut': ['check-proxy', 'raise-proxy-timeout'],
  'gateways-alternate': ['gateway-status', 'port-owner', 'reinstall-service'],
  'other-gateway-answered': ['gateway-status', 'port-owner', 'reinstall-service'],
  'gateway-flapping': ['gateway-logs', 'gateway-status', 'gateway-checkup', 'doctor'],
  'restart-outlived': ['port-owner', 'gateway-status', 'gateway-restart'],
  'origin-still-refused': ['update'],
  'devices-forgotten': ['list-devices', 'gateway-checkup', 'update', 'doctor'],

  // The relay
  'relay-unchecked': [],
  'relay-unseen': [],
  'relay-listens': [],
  'relay-key-proved': [],
  'relay-attached': [],
  'relay-answers': [],
  'relay-asleep': ['wake-relay'],
  'relay-not-in-version': ['update'],
  'relay-never-paired': ['pair-official-extension', 'install-official-extension'],
  'relay-plugin-missing': ['enable-relay', 'gateway-restart'],
  'relay-key-rejected': ['pair-official-extension', 'official-extension-status', 'gateway-logs'],
  'relay-key-rotated': ['pair-official-extension', 'official-extension-status', 'gateway-logs'],
  'relay-not-proved': ['pair-official-extension', 'relay-port-owner'],
  'relay-profile-unknown': ['pair-official-extension', 'list-profiles'],
  'relay-unreachable': ['wake-relay', 'relay-checkup', 'gateway-logs', 'gateway-restart'],
  'relay-not-answering': ['relay-checkup', 'relay-port-owner', 'gateway-logs', 'gateway-restart'],
  'relay-busy': ['wait', 'gateway-logs', 'gateway-restart'],
  'relay-port-taken': ['relay-port-owner', 'relay-checkup'],
  'relay-not-attached': [
    'pair-official-extension',
    'official-extension-status',
    'relay-checkup',
    'install-official-extension',
  ],
};

/** Where a fault lies, as far as its diagnosis proves it. */
import type { GatewayRecord } from '../gateway/status.ts';
import type { Diagnosis } from '../remedy/types.ts';
import type { Location } from './types.ts';

/** `beside`: at the gateway if nothing lies between, which is proved on loopback alone. */
type Row = Location | 'beside' | 'beside-relay';

const LOCATED: Readonly<Record<Diagnosis, Row>> = {
  // Refused on loopback there is only the gateway's side; elsewhere a network, a firewall and a proxy look the same.
  'gateway-unreachable': 'beside',
  'gateway-not-answering': 'beside',
  'gateway-mute': 'beside',
  // Whoever answers on that port, something between is no likelier to have made it up.
  'gateway-flooding': 'beside',
  'answer-too-large': 'beside',
  'handshake-timeout': 'unknown',
  'handshake-failed': 'unknown',
  'address-silent': 'unknown',
  // Either somebody else took the port, or the address was never a gateway's.
  'not-a-gateway': 'unknown',
  'connection-lost': 'unknown',
  offline: 'network',
  // The gateway's own words about itself
  'gateway-unavailable': 'gateway',
  'gateway-starting': 'gateway',
  'gateway-restarting': 'gateway',
  'gateway-stopping': 'gateway',
  'gateway-secret-unset': 'gateway',
  'rate-limited': 'gateway',
  'gateway-too-old': 'gateway',
  'origin-not-allowed': 'gateway',
  // What it has in its books about this browser, and only its owner can change
  'not-paired': 'gateway',
  'role-upgrade': 'gateway',
  'scope-upgrade': 'gateway',
  'metadata-upgrade': 'gateway',
  'scope-mismatch': 'gateway',
  // It refuses what it issued minutes ago
  'device-token-unstable': 'gateway',
  // What this browser holds, or lacks
  'device-token-mismatch': 'browser',
  // Either this browser's token is stale, or somebody else has the port.
  'maybe-another-gateway': 'unknown',
  'gateway-secret-mismatch': 'browser',
  'gateway-password-mismatch': 'browser',
  'gateway-secret-missing': 'browser',
  'gateway-password-missing': 'browser',
  'setup-code-rejected': 'browser',
  'setup-code-expired': 'browser',
  'no-credential': 'browser',
  'credential-unreadable': 'browser',
  'identity-unavailable': 'browser',
  'identity-conflict': 'browser',
  'gateway-too-new': 'browser',
  // Two explanations or more
  'credential-unanswered': 'unknown',
  'proxy-identity-missing': 'unknown',
  'protocol-mismatch': 'unknown',
  'client-not-accepted': 'unknown',
  'device-auth-invalid': 'unknown',
  'device-identity-required': 'unknown',
  'clock-skew': 'unknown',
  'unknown-refusal': 'unknown',
  // What the past proves
  'clock-ahead': 'unknown',
  'clock-behind': 'unknown',
  'gateway-slow': 'beside',
  'idle-cut': 'network',
  'gateways-alternate': 'gateway',
  'other-gateway-answered': 'gateway',
  'gateway-flapping': 'gateway',
  'restart-outlived': 'gateway',
  'origin-still-refused': 'gateway',
  'devices-forgotten': 'gateway',
  // The relay
  'relay-unchecked': 'unknown',
  'relay-unseen': 'unknown',
  'relay-listens': 'unknown',
  'relay-key-proved': 'relay',
  'relay-attached': 'relay',
  'relay-answers': 'relay',
  'relay-asleep': 'relay',
  'relay-not-in-version': 'gateway',
  'relay-never-paired': 'relay',
  // A setting of the gateway
  'relay-plugin-missing': 'gateway',
  // What this browser holds: the relay has another key
  'relay-key-rejected': 'browser',
  'relay-key-rotated': 'browser',
  // An old key, or somebody else's relay
  'relay-not-proved': 'unknown',
  'relay-profile-unknown': 'browser',
  'relay-unreachable': 'beside-relay',
  'relay-not-answering': 'beside-relay',
  'relay-busy': 'relay',
  'relay-port-taken': 'beside-relay',
  'relay-not-attached': 'relay',
};

/**
 * Only what is proved: where two explanations remain it is `unknown`. An encrypted address that lets nobody in may be
 * one that nobody is at, one that speaks no TLS, or one whose certificate this browser does not trust.
 */
export function locate(diagnosis: Diagnosis, reach: GatewayRecord['reach'], isEncrypted = false): Location {
  const row = LOCATED[diagnosis];
  if (row !== 'beside' && row !== 'beside-relay') return row;
  const isAmbiguous = isEncrypted && diagnosis === 'gateway-unreachable';
  if (reach !== 'loopback' || isAmbiguous) return 'unknown';
  return row === 'beside' ? 'gateway' : 'relay';
}

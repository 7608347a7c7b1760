/**
 * What every diagnosis means and what helps, one row each: the row's code, where the fault lies, which step of the
 * doctor it stops, and its remedies. How a connection acts on a cause is `gateway/causes.ts`; the texts are in
 * `public/_locales`. A new diagnosis is a row here, one there where the connection acts on it, and its texts.
 */
import type { CheckId, Location } from './doctor/types.ts';
import type { FindingCode } from './gateway/finding.ts';
import type { Diagnosis } from './remedy/types.ts';
import type { RemedyId } from './remedy/ways.ts';

interface DiagnosisRow<Step> {
  /**
   * Where the fault lies, as far as the diagnosis proves it; `unknown` where two explanations remain. `beside` and
   * `beside-relay`: at the gateway, or its relay, if nothing lies between, which is proved on loopback alone; elsewhere a
   * network, a firewall and a proxy look the same.
   */
  readonly place: Location | 'beside' | 'beside-relay';
  /** The doctor's step that it stops, or would; `null` for what the past proves, which stops none. */
  readonly step: Step;
  /**
   * Mild first: what only looks may stand anywhere, and nothing stands after something that changes more. What a platform
   * or a version lacks is left out by `remedy/what-helps.ts`.
   */
  readonly remedies: readonly RemedyId[];
  /** So many of them, from the first, are one instruction: its sentence asks for all. 1 unless given. */
  readonly together?: number;
}

const APPROVAL = ['find-request', 'approve'] as const;
const SETUP_CODE = ['new-setup-code', 'show-secret'] as const;
const CLOCKS = ['check-clock', 'sync-clock'] as const;

export const DIAGNOSES: {
  readonly [Code in Diagnosis]: DiagnosisRow<Code extends FindingCode ? null : CheckId>;
} = {
  // The connection
  'connection-lost': {
    place: 'unknown',
    step: 'GW-LIVES',
    remedies: ['gateway-status', 'gateway-logs', 'gateway-start'],
  },
  'gateway-unreachable': {
    place: 'beside',
    step: 'NET-LISTEN',
    remedies: [
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
  },
  'gateway-not-answering': {
    place: 'beside',
    step: 'GW-LIVES',
    remedies: ['gateway-status', 'gateway-stability', 'gateway-logs', 'gateway-restart'],
  },
  'handshake-failed': {
    place: 'unknown',
    step: 'GW-SPEAKS',
    remedies: ['gateway-status', 'check-address', 'check-proxy', 'port-owner'],
  },
  'handshake-timeout': {
    place: 'unknown',
    step: 'GW-SPEAKS',
    remedies: ['gateway-status', 'gateway-stability', 'gateway-logs', 'gateway-restart'],
  },
  // Either another program took the port, or the address was never a gateway's.
  'not-a-gateway': {
    place: 'unknown',
    step: 'GW-SPEAKS',
    remedies: ['gateway-status', 'check-address', 'port-owner'],
  },
  'gateway-mute': {
    place: 'beside',
    step: 'GW-SPEAKS',
    remedies: ['gateway-status', 'port-owner', 'gateway-restart'],
  },
  'address-silent': {
    place: 'unknown',
    step: 'NET-LISTEN',
    remedies: ['gateway-status', 'check-address', 'wsl-running', 'gateway-start', 'publish-port'],
  },
  // A proxy between is no likelier to have made it up than the program on that port.
  'gateway-flooding': {
    place: 'beside',
    step: 'GW-LIVES',
    remedies: ['gateway-logs', 'gateway-status', 'port-owner', 'gateway-restart'],
  },
  'answer-too-large': {
    place: 'beside',
    step: 'GW-ACCEPTS',
    remedies: ['gateway-status', 'port-owner', 'gateway-logs', 'gateway-restart'],
  },
  'gateway-unavailable': { place: 'gateway', step: 'GW-READY', remedies: ['wait', 'gateway-logs'] },
  'gateway-starting': { place: 'gateway', step: 'GW-READY', remedies: ['wait', 'gateway-logs'] },
  'gateway-restarting': {
    place: 'gateway',
    step: 'GW-READY',
    remedies: ['gateway-status', 'gateway-logs', 'gateway-start'],
  },
  'gateway-stopping': { place: 'gateway', step: 'GW-READY', remedies: ['gateway-status', 'gateway-start'] },
  offline: { place: 'network', step: 'NET-ONLINE', remedies: ['join-network'] },

  // Approval and credentials
  'not-paired': { place: 'gateway', step: 'GW-APPROVED', remedies: APPROVAL },
  'role-upgrade': { place: 'gateway', step: 'GW-APPROVED', remedies: APPROVAL },
  'scope-upgrade': { place: 'gateway', step: 'GW-APPROVED', remedies: APPROVAL },
  'metadata-upgrade': { place: 'gateway', step: 'GW-APPROVED', remedies: APPROVAL },
  'rate-limited': { place: 'gateway', step: 'GW-ACCEPTS', remedies: ['wait', 'gateway-restart'] },
  'device-token-mismatch': { place: 'browser', step: 'GW-ACCEPTS', remedies: SETUP_CODE },
  // It refuses what it issued minutes ago.
  'device-token-unstable': {
    place: 'gateway',
    step: 'GW-ACCEPTS',
    remedies: ['gateway-status', 'gateway-logs', 'gateway-checkup', 'update', 'doctor'],
  },
  // Either this browser's token is stale, or another gateway has the port.
  'maybe-another-gateway': {
    place: 'unknown',
    step: 'GW-ACCEPTS',
    remedies: ['gateway-status', 'port-owner', 'new-setup-code', 'show-secret'],
  },
  'gateway-secret-mismatch': {
    place: 'browser',
    step: 'GW-ACCEPTS',
    remedies: ['show-secret', 'new-setup-code', 'gateway-restart', 'reinstall-service'],
  },
  'gateway-password-mismatch': {
    place: 'browser',
    step: 'GW-ACCEPTS',
    remedies: ['new-setup-code', 'enter-password', 'gateway-restart'],
  },
  'gateway-secret-missing': { place: 'browser', step: 'GW-ACCEPTS', remedies: SETUP_CODE },
  'gateway-password-missing': {
    place: 'browser',
    step: 'GW-ACCEPTS',
    remedies: ['new-setup-code', 'enter-password'],
  },
  'setup-code-rejected': { place: 'browser', step: 'GW-ACCEPTS', remedies: SETUP_CODE },
  'setup-code-expired': { place: 'browser', step: 'GW-ACCEPTS', remedies: SETUP_CODE },
  'no-credential': { place: 'browser', step: 'GW-ACCEPTS', remedies: SETUP_CODE },
  'credential-unanswered': {
    place: 'unknown',
    step: 'GW-ACCEPTS',
    remedies: ['gateway-status', 'gateway-logs', 'gateway-restart'],
  },
  'credential-unreadable': { place: 'browser', step: 'EXT-IDENTITY', remedies: SETUP_CODE },
  'identity-unavailable': { place: 'browser', step: 'EXT-IDENTITY', remedies: ['restart-browser'] },
  'proxy-identity-missing': {
    place: 'unknown',
    step: 'GW-ACCEPTS',
    remedies: ['use-proxy-address', 'new-setup-code'],
  },
  // Who came through the proxy, and who came beside it, is told the same.
  'proxy-untrusted': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-trusted-proxies', 'gateway-logs', 'trust-proxy', 'forward-client-address'],
  },
  'proxy-source-untrusted': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-trusted-proxies', 'gateway-logs', 'come-through-proxy', 'trust-proxy'],
  },
  'proxy-loopback-source': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-proxy-auth', 'come-through-proxy', 'allow-loopback-proxy', 'trust-proxy'],
  },
  'proxy-on-gateway-host': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-proxy-auth', 'come-through-proxy', 'allow-loopback-proxy', 'trust-proxy'],
  },
  'proxy-user-missing': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-proxy-auth', 'come-through-proxy', 'send-user-header'],
  },
  'proxy-user-not-allowed': {
    place: 'gateway',
    step: 'GW-ACCEPTS',
    remedies: ['show-proxy-auth', 'allow-user'],
  },
  'proxy-header-missing': {
    place: 'between',
    step: 'GW-ACCEPTS',
    remedies: ['show-proxy-auth', 'come-through-proxy', 'send-user-header'],
  },
  'gateway-secret-unset': {
    place: 'gateway',
    step: 'GW-ACCEPTS',
    remedies: ['generate-secret', 'gateway-restart'],
  },

  // The gateway will not have this client
  // What the gateway has in its books about this browser, only its owner can change.
  'scope-mismatch': { place: 'gateway', step: 'GW-ACCEPTS', remedies: ['new-setup-code'] },
  'origin-not-allowed': {
    place: 'gateway',
    step: 'GW-ADMITS',
    remedies: ['allow-origin', 'gateway-restart', 'update'],
  },
  'gateway-too-old': { place: 'gateway', step: 'GW-ADMITS', remedies: ['update'] },
  'gateway-too-new': { place: 'browser', step: 'GW-ADMITS', remedies: ['update-extension'] },
  'protocol-mismatch': { place: 'unknown', step: 'GW-ADMITS', remedies: ['update-extension', 'update'] },
  'client-not-accepted': { place: 'unknown', step: 'GW-ADMITS', remedies: ['update'] },
  'identity-conflict': { place: 'browser', step: 'GW-ADMITS', remedies: ['forget-here'] },
  'device-auth-invalid': {
    place: 'unknown',
    step: 'GW-ACCEPTS',
    remedies: ['try-again', 'update-extension', 'forget-here'],
  },
  'device-identity-required': {
    place: 'unknown',
    step: 'GW-ACCEPTS',
    remedies: ['check-proxy', 'update-extension', 'update'],
  },
  'clock-skew': { place: 'unknown', step: 'GW-ACCEPTS', remedies: CLOCKS },
  'unknown-refusal': { place: 'unknown', step: 'GW-ACCEPTS', remedies: ['gateway-logs', 'gateway-status'] },

  // What the past proves
  'clock-ahead': { place: 'unknown', step: null, remedies: CLOCKS },
  'clock-behind': { place: 'unknown', step: null, remedies: CLOCKS },
  'gateway-slow': {
    place: 'beside',
    step: null,
    remedies: ['gateway-stability', 'gateway-status', 'gateway-logs'],
  },
  'idle-cut': { place: 'network', step: null, remedies: ['check-proxy', 'raise-proxy-timeout'] },
  'gateways-alternate': {
    place: 'gateway',
    step: null,
    remedies: ['gateway-status', 'port-owner', 'reinstall-service'],
  },
  'other-gateway-answered': {
    place: 'gateway',
    step: null,
    remedies: ['gateway-status', 'port-owner', 'reinstall-service'],
  },
  'gateway-flapping': {
    place: 'gateway',
    step: null,
    remedies: ['gateway-logs', 'gateway-status', 'gateway-checkup', 'disable-bonjour', 'doctor'],
  },
  'restart-outlived': {
    place: 'gateway',
    step: null,
    remedies: ['port-owner', 'gateway-status', 'gateway-restart'],
  },
  'origin-still-refused': { place: 'gateway', step: null, remedies: ['update'] },
  'devices-forgotten': {
    place: 'gateway',
    step: null,
    remedies: ['list-devices', 'gateway-checkup', 'update', 'doctor'],
  },

  // What a page proves to stand on the way
  'port-unsafe': { place: 'browser', step: 'NET-LISTEN', remedies: ['use-usual-port', 'check-address'] },
  'name-unknown': { place: 'between', step: 'NET-LISTEN', remedies: ['check-address', 'join-network'] },
  'host-unreachable': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['join-network', 'check-address', 'gateway-status'],
  },
  'port-closed': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['gateway-status', 'check-address', 'gateway-start', 'bind-network', 'publish-port'],
  },
  'wrong-port': { place: 'between', step: 'NET-LISTEN', remedies: ['use-usual-port', 'check-address'] },
  'tunnel-without-gateway': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['check-tunnel', 'gateway-status', 'gateway-start', 'publish-port'],
  },
  'browser-blocks-network': { place: 'browser', step: 'NET-LISTEN', remedies: ['allow-local-network'] },
  'https-only': { place: 'browser', step: 'NET-LISTEN', remedies: ['use-this-address', 'check-address'] },
  'scheme-wrong': { place: 'between', step: 'NET-LISTEN', remedies: ['use-this-address', 'check-address'] },
  'tls-missing': { place: 'between', step: 'NET-LISTEN', remedies: ['use-tunnel', 'check-address'] },
  // What is accepted in a tab, Chromium keeps from the worker.
  'certificate-not-trusted': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['show-fingerprint', 'install-ca'],
  },
  'certificate-expired': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['check-clock', 'renew-certificate'],
  },
  'certificate-name': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['check-address', 'show-fingerprint', 'renew-certificate'],
  },
  'tls-failed': {
    place: 'between',
    step: 'NET-LISTEN',
    remedies: ['check-address', 'check-proxy', 'gateway-logs'],
  },
  'proxy-no-gateway': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['gateway-status', 'check-upstream', 'gateway-logs', 'gateway-start'],
  },
  'proxy-no-websocket': { place: 'between', step: 'GW-SPEAKS', remedies: ['pass-websockets'] },
  'proxy-denies': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['open-page', 'check-proxy', 'use-tunnel'],
  },
  'proxy-origin-changed': { place: 'between', step: 'GW-ADMITS', remedies: ['keep-origin'] },
  'basic-auth-in-front': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['open-page', 'use-tunnel', 'exempt-upgrades'],
  },
  'login-page-in-front': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['open-page', 'use-tunnel', 'exempt-upgrades'],
  },
  'path-moves': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['check-address', 'check-upstream', 'pass-websockets'],
  },
  'path-not-served': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['check-address', 'check-upstream', 'pass-websockets'],
  },
  'other-program': {
    place: 'between',
    step: 'GW-SPEAKS',
    remedies: ['check-address', 'gateway-status', 'port-owner'],
  },

  // The relay
  'relay-unchecked': { place: 'unknown', step: 'RL-EXISTS', remedies: [] },
  'relay-unseen': { place: 'unknown', step: 'RL-ANSWERS', remedies: [] },
  'relay-listens': { place: 'unknown', step: 'RL-ANSWERS', remedies: [] },
  'relay-key-proved': { place: 'relay', step: 'RL-KEY', remedies: [] },
  'relay-attached': { place: 'relay', step: 'RL-ATTACHED', remedies: [] },
  'relay-answers': { place: 'relay', step: 'RL-ANSWERS', remedies: [] },
  'relay-asleep': { place: 'relay', step: 'RL-ANSWERS', remedies: ['wake-relay'] },
  'relay-not-in-version': { place: 'gateway', step: 'RL-EXISTS', remedies: ['update'] },
  'relay-never-paired': {
    place: 'relay',
    step: 'RL-EXISTS',
    remedies: ['pair-official-extension', 'install-official-extension'],
  },
  // A setting of the gateway.
  'relay-plugin-missing': {
    place: 'gateway',
    step: 'RL-EXISTS',
    remedies: ['enable-relay', 'gateway-restart'],
    together: 2,
  },
  // The relay has another key than this browser holds.
  'relay-key-rejected': {
    place: 'browser',
    step: 'RL-KEY',
    remedies: ['pair-official-extension', 'official-extension-status', 'gateway-logs'],
  },
  'relay-key-rotated': {
    place: 'browser',
    step: 'RL-KEY',
    remedies: ['pair-official-extension', 'official-extension-status', 'gateway-logs'],
  },
  // An old key, or the relay of another gateway.
  'relay-not-proved': {
    place: 'unknown',
    step: 'RL-KEY',
    remedies: ['pair-official-extension', 'relay-port-owner'],
  },
  'relay-profile-unknown': {
    place: 'browser',
    step: 'RL-ANSWERS',
    remedies: ['pair-official-extension', 'list-profiles'],
  },
  'relay-unreachable': {
    place: 'beside-relay',
    step: 'RL-ANSWERS',
    remedies: ['wake-relay', 'relay-checkup', 'gateway-logs', 'gateway-restart'],
  },
  'relay-not-answering': {
    place: 'beside-relay',
    step: 'RL-ANSWERS',
    remedies: ['relay-checkup', 'relay-port-owner', 'gateway-logs', 'gateway-restart'],
  },
  'relay-busy': { place: 'relay', step: 'RL-ANSWERS', remedies: ['wait', 'gateway-logs', 'gateway-restart'] },
  'relay-port-taken': {
    place: 'beside-relay',
    step: 'RL-ANSWERS',
    remedies: ['relay-port-owner', 'relay-checkup'],
  },
  'relay-not-attached': {
    place: 'relay',
    step: 'RL-ATTACHED',
    remedies: [
      'pair-official-extension',
      'official-extension-status',
      'relay-checkup',
      'install-official-extension',
    ],
  },
};

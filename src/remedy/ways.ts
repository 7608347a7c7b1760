/**
 * Every remedy: what it changes, and the ways to apply it, the best first. The first way that fits platform, version
 * and known values is the one that is shown; a remedy without any is not.
 */
import type { CommandId } from './commands.ts';
import type { Platform, RemedyEffect } from './types.ts';

export interface Way {
  /** Everywhere unless given. */
  readonly on?: readonly Platform[];
  readonly reach?: 'loopback' | 'elsewhere';
  /** A command of OpenClaw, … */
  readonly run?: CommandId;
  /** … in the gateway's own container, where it runs in one, … */
  readonly isInside?: true;
  /** … one of the platform, with values in braces, … */
  readonly shell?: string;
  // … or neither: something to do that is no command.
  /** Only for an address that may be the gateway's own: on this computer, or at its usual port. */
  readonly isDirect?: true;
  /** Only while the gateway did not say which request is ours. */
  readonly withoutRequest?: true;
}

interface Row {
  readonly effect: RemedyEffect;
  /** Where its command runs: on the gateway host, unless given. Of one for this computer the label says so. */
  readonly at?: 'official-extension' | 'this-computer';
  /** What is copied is no command: an address to pair with. */
  readonly isAddress?: true;
  readonly ways: readonly Way[];
}

const NIX: readonly Platform[] = ['linux', 'wsl'];
const DOCKER: readonly Platform[] = ['docker'];
const PODMAN: readonly Platform[] = ['podman'];
const KUBERNETES: readonly Platform[] = ['kubernetes'];
/** Where OpenClaw's command line installs the service that starts the gateway. */
const WITH_SERVICE: readonly Platform[] = ['linux', 'macos', 'windows', 'wsl'];
const BY_HAND: readonly Way[] = [{}];
/** Node is wherever OpenClaw is, and these quotes are the same to every shell. Where it keeps its own certificate. */
const FINGERPRINT = `node -p "new crypto.X509Certificate(fs.readFileSync(os.homedir()+'/.openclaw/gateway/tls/gateway-cert.pem')).fingerprint256"`;

const REMEDIES = {
  wait: { effect: 'reads', ways: BY_HAND },
  'try-again': { effect: 'reads', ways: BY_HAND },
  'check-address': { effect: 'reads', ways: BY_HAND },
  'check-proxy': { effect: 'reads', ways: BY_HAND },
  'join-network': { effect: 'reads', ways: BY_HAND },
  'restart-browser': { effect: 'reads', ways: BY_HAND },
  'update-extension': { effect: 'reads', ways: BY_HAND },

  // A look at the gateway
  'gateway-status': {
    effect: 'reads',
    // Compose would start the gateway for its command line: that is no look.
    ways: [
      { on: DOCKER, shell: 'docker compose ps -a' },
      { on: PODMAN, shell: 'podman ps -a --filter name=openclaw' },
      { on: KUBERNETES, shell: 'kubectl get pods -n openclaw' },
      { run: 'gateway-status' },
    ],
  },
  'gateway-stability': { effect: 'reads', ways: [{ run: 'gateway-stability' }] },
  'gateway-logs': {
    effect: 'reads',
    // The container's own output is there when the gateway is not.
    ways: [
      { on: DOCKER, shell: 'docker compose logs --tail=100 openclaw-gateway' },
      { on: PODMAN, shell: 'podman logs --tail=100 openclaw' },
      { on: KUBERNETES, shell: 'kubectl logs -n openclaw deploy/openclaw --tail=100' },
      { run: 'logs' },
    ],
  },
  'gateway-checkup': { effect: 'reads', ways: [{ run: 'doctor-lint' }] },
  'port-owner': {
    effect: 'reads',
    ways: [
      { on: [...NIX, ...PODMAN], shell: "ss -ltnp 'sport = :{port}'" },
      { on: ['macos'], shell: 'lsof -nP -iTCP:{port} -sTCP:LISTEN' },
      { on: ['windows'], shell: 'netstat -ano | findstr :{port}' },
      { on: DOCKER, shell: 'docker ps --filter publish={port}' },
    ],
  },
  'relay-port-owner': {
    effect: 'reads',
    ways: [
      { on: [...NIX, ...PODMAN], shell: "ss -ltnp 'sport = :{relayPort}'" },
      { on: ['macos'], shell: 'lsof -nP -iTCP:{relayPort} -sTCP:LISTEN' },
      { on: ['windows'], shell: 'netstat -ano | findstr :{relayPort}' },
      { on: DOCKER, shell: 'docker ps --filter publish={relayPort}' },
      { on: KUBERNETES, shell: 'kubectl get svc -n openclaw' },
    ],
  },
  /** A gateway in WSL is away while WSL sleeps. Runs in Windows. */
  'wsl-running': {
    effect: 'reads',
    ways: [{ on: ['wsl'], reach: 'loopback', shell: 'wsl.exe --list --running' }],
  },
  /** This computer and WSL each have a 127.0.0.1 of their own. */
  'wsl-networking': { effect: 'configures', ways: [{ on: ['wsl'], reach: 'loopback' }] },
  'maybe-in-wsl': { effect: 'reads', ways: [{ on: ['windows'], reach: 'loopback' }] },
  /** A gateway that listens inside its container alone cannot be reached from outside. */
  'publish-port': { effect: 'configures', ways: [{ on: [...DOCKER, ...PODMAN] }] },

  // A way in
  'find-request': { effect: 'reads', ways: [{ run: 'devices-list', withoutRequest: true }] },
  approve: { effect: 'pairs', ways: [{ run: 'devices-approve' }] },
  /** Beside the gateway it may go past the socket, to the list of requests itself (2026.2.21 to 9.6). */
  'approve-inside': { effect: 'pairs', ways: [{ run: 'devices-approve', isInside: true }] },
  /** Where the Control UI is switched on, its address is in what this prints (2026.2.21 to 9.6). */
  'find-dashboard': { effect: 'reads', ways: [{ run: 'gateway-status', isInside: true }] },
  'list-devices': { effect: 'reads', ways: [{ run: 'devices-list' }] },
  'new-setup-code': {
    effect: 'pairs',
    ways: [{ run: 'setup-code' }, { run: 'setup-code-with-secret' }, { run: 'dashboard-link' }],
  },
  'show-secret': {
    effect: 'reveals',
    ways: [{ run: 'auth-token' }, { run: 'dashboard-link' }],
  },
  'enter-password': { effect: 'pairs', ways: BY_HAND },
  'use-proxy-address': { effect: 'pairs', ways: BY_HAND },
  /** Only where the address may be that of the gateway itself. */
  'come-through-proxy': { effect: 'pairs', ways: [{ isDirect: true }] },
  'use-this-address': { effect: 'pairs', isAddress: true, ways: [{ shell: '{otherScheme}' }] },
  'use-usual-port': { effect: 'pairs', isAddress: true, ways: [{ shell: '{usualPort}' }] },
  'use-tunnel': {
    effect: 'pairs',
    at: 'this-computer',
    ways: [{ reach: 'elsewhere', shell: 'ssh -N -L 18789:127.0.0.1:18789 {host}' }],
  },
  'forget-here': { effect: 'unpairs', ways: BY_HAND },

  // On the way: what stands between
  'open-page': { effect: 'reads', ways: BY_HAND },
  'check-tunnel': { effect: 'reads', ways: BY_HAND },
  'check-upstream': { effect: 'reads', ways: BY_HAND },
  'show-trusted-proxies': { effect: 'reads', ways: [{ run: 'get-trusted-proxies' }] },
  'show-proxy-auth': { effect: 'reads', ways: [{ run: 'get-proxy-auth' }] },
  'show-fingerprint': {
    effect: 'reads',
    ways: [
      { on: DOCKER, shell: `docker compose exec openclaw-gateway ${FINGERPRINT}` },
      { on: PODMAN, shell: `podman exec openclaw ${FINGERPRINT}` },
      { on: KUBERNETES, shell: `kubectl exec -n openclaw deploy/openclaw -- ${FINGERPRINT}` },
      { shell: FINGERPRINT },
    ],
  },
  'trust-proxy': { effect: 'configures', ways: [{ run: 'add-trusted-proxy' }] },
  'allow-loopback-proxy': { effect: 'configures', ways: [{ run: 'allow-loopback-proxy' }] },
  'forward-client-address': { effect: 'configures', ways: BY_HAND },
  'send-user-header': { effect: 'configures', ways: BY_HAND },
  'allow-user': { effect: 'configures', ways: BY_HAND },
  'pass-websockets': { effect: 'configures', ways: BY_HAND },
  'exempt-upgrades': { effect: 'configures', ways: BY_HAND },
  'keep-origin': { effect: 'configures', ways: BY_HAND },
  'install-ca': { effect: 'configures', ways: BY_HAND },
  'renew-certificate': { effect: 'configures', ways: BY_HAND },
  'allow-local-network': { effect: 'configures', ways: BY_HAND },
  'bind-network': { effect: 'configures', ways: [{ reach: 'elsewhere', run: 'bind-network' }] },

  // Changes to the gateway
  'gateway-start': {
    effect: 'wakes',
    ways: [
      { on: DOCKER, shell: 'docker compose up -d openclaw-gateway' },
      { on: PODMAN, shell: 'podman start openclaw' },
      { on: KUBERNETES, shell: 'kubectl scale -n openclaw deploy/openclaw --replicas=1' },
      { run: 'gateway-start' },
    ],
  },
  'gateway-restart': {
    effect: 'restarts',
    ways: [
      { on: DOCKER, shell: 'docker compose restart openclaw-gateway' },
      { on: PODMAN, shell: 'podman restart openclaw' },
      { on: KUBERNETES, shell: 'kubectl rollout restart -n openclaw deploy/openclaw' },
      { run: 'gateway-restart' },
    ],
  },
  'allow-origin': { effect: 'configures', ways: [{ run: 'add-origin' }] },
  'generate-secret': { effect: 'configures', ways: [{ run: 'generate-token' }] },
  'raise-proxy-timeout': { effect: 'configures', ways: BY_HAND },
  'disable-bonjour': { effect: 'configures', ways: [{ run: 'disable-bonjour' }] },
  'reinstall-service': {
    effect: 'replaces',
    ways: [
      { on: DOCKER, shell: 'docker compose up -d --force-recreate openclaw-gateway' },
      { on: WITH_SERVICE, run: 'gateway-install' },
    ],
  },
  update: {
    effect: 'replaces',
    ways: [
      { on: DOCKER, shell: 'docker compose up -d --pull always openclaw-gateway' },
      { on: PODMAN, shell: 'podman pull ghcr.io/openclaw/openclaw:latest' },
      { on: KUBERNETES, shell: 'kubectl edit -n openclaw deploy/openclaw' },
      { run: 'update' },
    ],
  },
  doctor: { effect: 'replaces', ways: [{ run: 'doctor' }] },
  'check-clock': {
    effect: 'reads',
    ways: [
      { on: [...NIX, ...PODMAN], shell: 'timedatectl' },
      { on: ['macos'], shell: 'sntp time.apple.com' },
      { on: ['windows'], shell: 'w32tm /query /status' },
      { on: DOCKER, shell: 'docker compose exec openclaw-gateway date -u' },
      { on: KUBERNETES, shell: 'kubectl exec -n openclaw deploy/openclaw -- date -u' },
    ],
  },
  'sync-clock': {
    effect: 'configures',
    ways: [
      { on: ['linux', ...PODMAN], shell: 'sudo timedatectl set-ntp true' },
      { on: ['wsl'], shell: 'sudo hwclock -s' },
      { on: ['macos'], shell: 'sudo sntp -sS time.apple.com' },
      { on: ['windows'], shell: 'w32tm /resync' },
    ],
  },

  // The relay
  'wake-relay': { effect: 'wakes', ways: [{ run: 'tabs-of-chrome' }] },
  'relay-checkup': { effect: 'reads', ways: [{ run: 'browser-doctor' }, { run: 'browser-status' }] },
  'list-profiles': { effect: 'reads', ways: [{ run: 'browser-profiles' }] },
  'pair-official-extension': {
    effect: 'reveals',
    at: 'official-extension',
    ways: [{ run: 'extension-pair' }],
  },
  'official-extension-status': { effect: 'reads', ways: [{ run: 'extension-status' }] },
  'install-official-extension': {
    effect: 'configures',
    ways: [{ run: 'extension-install' }, { run: 'extension-install-legacy' }],
  },
  'enable-relay': { effect: 'configures', ways: [{ run: 'enable-browser-plugin' }] },
} as const satisfies Record<string, Row>;

export type RemedyId = keyof typeof REMEDIES;

export const REMEDY_IDS = Object.keys(REMEDIES) as readonly RemedyId[];

export const remedyOf = (id: RemedyId): Row => REMEDIES[id];

/** Something that helps. Its words: `remedy_<id>_label`, and `remedy_effect_<effect>` for what it changes. */
export interface Remedy {
  readonly id: RemedyId;
  /** Ready to copy; `null` where something is to be done that is no command. */
  readonly command: string | null;
  /** The same, ending in what puts its output on this computer's clipboard; `null` where that is of no use or not sure. */
  readonly toClipboard: string | null;
  readonly effect: RemedyEffect;
}

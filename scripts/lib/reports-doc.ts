/** What people reported of gateways that they could not reach, and what we say of it: computed, not written. */
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { explain } from '../../src/explain/explain.ts';
import { CAUSES } from '../../src/gateway/causes.ts';
import { diagnose } from '../../src/gateway/diagnosis.ts';
import { failureFromClose } from '../../src/gateway/protocol.ts';
import { parseGatewayAddress } from '../../src/pairing/address.ts';
import { offerFor } from '../../src/pairing/meant-for.ts';
import { recognise } from '../../src/pairing/recognise.ts';
import { APPROVER_ANSWERS, type ApproverAnswer, remediesForApprover } from '../../src/remedy/approver.ts';
import { betterThan } from '../../src/remedy/known-faults.ts';
import type { Diagnosis, RemedyFacts } from '../../src/remedy/types.ts';
import { commandFor, remediesFor } from '../../src/remedy/what-helps.ts';
import type { Page, RoadEvidence } from '../../src/road/evidence.ts';
import { judgeRoad } from '../../src/road/judge.ts';
import { factsOf } from '../../test/fixtures/remedy-facts.ts';
import { failed, pageOf, roadSeen } from '../../test/fixtures/road.ts';

interface Report {
  /** Where: repository and number; `oc` is OpenClaw's own. */
  readonly where: string;
  /** What they have in hand. */
  readonly has: string;
  /** What comes of it when it is given to the product’s own functions: a line each. */
  readonly says: readonly string[];
  /** What is left to say. */
  readonly note?: string;
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const words = (key: string): string => (messages as Record<string, { message: string }>)[key]?.message ?? '';
const snake = (id: string): string => id.replaceAll('-', '_');

const FACTS = factsOf({ relayAddress: null });

const titleOf = (diagnosis: Diagnosis): string => {
  const family = CAUSES.some((cause) => cause === diagnosis) ? 'cause' : 'road';
  return (
    ['finding', family]
      .map((each) => words(`${each}_${snake(diagnosis)}_title`))
      .find((title) => title !== '') ?? ''
  );
};

/** A diagnosis, with its title and the commands that help. */
function told(diagnosis: Diagnosis, changes: Partial<RemedyFacts> = {}): string {
  const remedies = remediesFor(diagnosis, { ...FACTS, ...changes });
  const helps = remedies
    .slice(0, 4)
    .map(({ id, command }) => (command === null ? words(`remedy_${snake(id)}_label`) : code(command)));
  return `${code(diagnosis)} (${titleOf(diagnosis)}): ${helps.join(' · ')}`;
}

/** What diagnostics find where this is seen on the way. */
function onTheWay(seen: Partial<Omit<RoadEvidence, 'page'>> & { page?: Partial<Page> }): string {
  const { page, ...rest } = seen;
  const found = judgeRoad(
    roadSeen({
      address: 'wss://gateway.example',
      reach: 'public',
      ...rest,
      page: page ? pageOf(page) : null,
    }),
  );
  return found === null
    ? 'nothing'
    : told(found, { address: seen.address ?? 'wss://gateway.example', reach: 'public' });
}

/** What a pasted text comes to: never with a secret in it. */
function pasted(text: string): string {
  const seen = recognise(text);
  const what =
    seen.kind === 'problem' ? seen.problem : seen.kind === 'not-usable' ? seen.what : `${seen.kind}`;
  const at = 'address' in seen ? ` at ${code(seen.address)}` : '';
  const key = `problem_${snake(what)}`;
  const sentence = words(key).replace('$ADDRESS$', FACTS.address);
  return `${code(text)}: ${what}${at}${sentence && `: “${sentence}”`}`;
}

const addressOf = (text: string): string => {
  const parsed = parseGatewayAddress(text);
  return `${code(text)}: ${parsed.ok ? `${code(parsed.address.url)}, ${parsed.address.reach}` : parsed.problem}`;
};

/** What the panel says that explains a text. */
const explained = (text: string): string => {
  const found = explain(text).statements.map((each) => `${code(each.code)} of ${each.client}`);
  return `${code(text)}: ${found.join(', ') || 'nothing'}`;
};

/** The reason that a gateway gives beside its refusal. */
const refused = (detailReason: string): string =>
  `${code(detailReason)}: ${told(diagnose({ ...failureFromClose(''), detailCode: 'AUTH_UNAUTHORIZED', detailReason }, null))}`;

const approver = (answer: ApproverAnswer, platform: RemedyFacts['platform']): string => {
  const { says } = APPROVER_ANSWERS[answer];
  const helps = remediesForApprover(answer, { ...FACTS, platform }).flatMap(({ command }) => command ?? []);
  return `“${says.join('”, “')}”: ${helps.map(code).join(' · ')}`;
};

const setupCode = (url: string): string =>
  Buffer.from(JSON.stringify({ url, bootstrapToken: 'code-of-nobody' })).toString('base64url');

const UUID = 'b42117a9-6ec2-4313-a3d7-103cd3ae745e';

/** In the order in which they were collected. */
const REPORTS: readonly Report[] = [
  {
    where: 'xo-space#57, clawdbot-railway!238, OpenClawHomeAssistant!187, home-cluster!5029, home-ops!9811',
    has: 'After an update everything behind the proxy gets HTTP 403',
    says: [
      onTheWay({ page: { status: 403, contentType: 'application/json', isUnattributed: true } }),
      explained('unauthorized: proxy client attribution is required (configure gateway.trustedProxies)'),
    ],
  },
  {
    where: 'oc#23005, #55067, #79775, coollabsio#70, openclaw-operator#83',
    has: 'The command that approves is refused in its container',
    says: [approver('pairing-required', 'docker'), approver('missing-scope', 'kubernetes')],
    note: 'Before them stands the gateway’s own page, opened by a button.',
  },
  {
    where: 'oc#97859, #77195, #76349, #21470',
    has: 'The command line is locked out as well',
    says: [
      approver('scope-upgrade', 'linux'),
      approver('device-ownership', 'linux'),
      approver('unknown-request', 'linux'),
    ],
  },
  {
    where: 'oc#124696, #26007',
    has: 'The owner has no identity beside the identity proxy',
    says: [approver('credentials', 'linux')],
    note: 'The gateway’s own page is reached through the proxy.',
  },
  {
    where: 'oc#4626, klangk#1022, oc!125700',
    has: 'The address bar of the Control UI is pasted',
    says: [
      'http://127.0.0.1:18789/chat?session=main',
      'https://gw.example/chat/main',
      'https://gw.example/claw/nodes',
    ].map(addressOf),
  },
  {
    where: 'oc#119104, #119107, #119109',
    has: 'Tailscale Serve strips /browser from the relay’s path',
    says: [explained('browser relay: 1008 invalid request frame')],
    note: 'Not told from a relay that is switched off: the gateway’s answer is the same.',
  },
  {
    where: 'home-ops!10191, NemoClaw#8837',
    has: '`openclaw qr` on a gateway that is bound to loopback',
    says: [
      `advised: ${code(commandFor('setup-code', FACTS) ?? '')}`,
      pasted('Gateway is only bound to loopback. Set gateway.bind=lan'),
    ],
  },
  {
    where: 'oc#16305, openclaw-deck!7',
    has: 'Placeholders where a secret belongs',
    says: ['__OPENCLAW_REDACTED__', '$OPENCLAW_GATEWAY_TOKEN', 'http://127.0.0.1:18789/#token=undefined'].map(
      pasted,
    ),
  },
  {
    where: 'oc#67618, #22908',
    has: 'A request id, a chat pairing code, an error line',
    says: [
      pasted(UUID),
      pasted('ABCD2345'),
      pasted('unauthorized: device token mismatch'),
      `in diagnostics, ${explained('unauthorized: device token mismatch')}`,
    ],
  },
  {
    where: 'oc#125112, #23585, oc!63379',
    has: 'They did come through the identity proxy',
    says: [
      'trusted_proxy_user_missing',
      'trusted_proxy_loopback_source',
      'trusted_proxy_untrusted_source',
      'trusted_proxy_user_not_allowed',
      'trusted_proxy_missing_header_x-forwarded-proto',
    ].map(refused),
  },
  {
    where: 'windows-node#1451, openclaw-assistant#79, oc#45753',
    has: 'The gateway’s own certificate',
    says: [
      onTheWay({
        address: 'wss://192.168.1.20:18789',
        own: failed('net::ERR_CERT_AUTHORITY_INVALID'),
        socket: null,
      }),
    ],
    note: 'Accepting it in a tab does not help an extension: docs/road.md.',
  },
  {
    where: 'oc#42792, ClawControl#21, oc!125700',
    has: 'Cloudflare Access, or another login, in front',
    says: [onTheWay({ page: { status: 0, contentType: '', leads: 'elsewhere' } })],
  },
  {
    where: 'clawdbot-railway#162, !164, oc!98677',
    has: 'Basic authentication in front',
    says: [onTheWay({ page: { status: 401, isBasic: true } })],
  },
  {
    where: 'oc#133849',
    has: 'A setup code that names the address of its container',
    says: [
      `offered: ${code(offerFor(recognise(setupCode('ws://172.17.0.2:18789')), 'ws://127.0.0.1:18789')?.address ?? 'nothing')}`,
    ],
  },
  {
    where: 'windows-node#19, oc#21760, #21637',
    has: 'A tailnet’s name, or a router’s',
    says: ['ws://box.tail1234.ts.net:18789', 'ws://box.fritz.box:18789'].map(addressOf),
    note: words('seen_tailnet'),
  },
  {
    where: 'oc#139180, #135309',
    has: 'Connected, and the agents see no tab',
    says: [code('relay-attached')],
    note: 'What the agents see, no client of ours may ask.',
  },
  {
    where: 'oc#42808, spawn!2418, !2618, oc#30990',
    has: 'The port of the control service',
    says: [
      onTheWay({
        address: 'ws://127.0.0.1:18791',
        reach: 'loopback',
        own: failed(),
        socket: null,
      }),
    ],
  },
  {
    where: 'oc#97636, #101351, #47432',
    has: 'Two gateways below one host',
    says: ['wss://gw.example/a', 'wss://gw.example/b'].map(addressOf),
    note: 'Each is read below its own path.',
  },
  {
    where: 'oc#69693, #71918, #72366, #73719',
    has: 'A version that ends itself in a loop',
    says: ['2026.4.14', '2026.4.24'].map(
      (version) =>
        `${version}: ${betterThan(version, 'loop')} has no such reports; ${told('gateway-flapping', { serverVersion: version })}`,
    ),
  },
  {
    where: 'oc#71609, #88290, openclaw-termux#105',
    has: 'A tab with an old token locks everybody out',
    says: [
      told('rate-limited'),
      explained(
        '[ws] closed before connect code=1008 reason=unauthorized: device token mismatch ua=Mozilla/5.0 client=openclaw-control-ui',
      ),
    ],
    note: 'Other clients are named from the gateway’s log, with consent.',
  },
  {
    where: 'oc#86778',
    has: 'Close 1002 without a reason, after the connect',
    says: [code('connection-lost')],
    note: 'The card shows the close code; the attempt is repeated by the usual pace.',
  },
];

/** The whole of `docs/reports.md`. */
export const reportsDoc = (): string => `# What people reported, and what is said of it

Public reports of gateways that somebody could not reach, by kind. The last column is what our own functions make of what they
have in hand, written by \`npm run diagnoses\`; a test says when it is out of date. \`oc\` is openclaw/openclaw, \`!\` a pull
request. The same is played for real, with proxies and gateways, in [faults.md](faults.md).

| # | Reports | What they have | What we say |
|---|---|---|---|
${REPORTS.map(({ where, has, says, note }, index) => {
  const cell = [...says, ...(note ? [note] : [])].join('<br>');
  return `| ${index + 1} | ${where} | ${has} | ${cell} |`;
}).join('\n')}
`;

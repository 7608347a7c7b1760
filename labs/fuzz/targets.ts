/** What hostile input reaches, and what has to hold whatever comes: no throw, no nonsense, no secret in the open. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandSchema } from '../../src/command-schema.ts';
import { curesFor } from '../../src/explain/cures.ts';
import { explain } from '../../src/explain/explain.ts';
import { OTHER_CODES } from '../../src/explain/types.ts';
import { presentable } from '../../src/foreign-text.ts';
import { CAUSES } from '../../src/gateway/causes.ts';
import { transition } from '../../src/gateway/connection.ts';
import { diagnose } from '../../src/gateway/diagnosis.ts';
import { nextMoment } from '../../src/gateway/projection.ts';
import { failureFromClose, parseFrame } from '../../src/gateway/protocol.ts';
import { type ConnectionState, initialState } from '../../src/gateway/state.ts';
import { summarise } from '../../src/history/summary.ts';
import { planOthers } from '../../src/notify/others.ts';
import { hear } from '../../src/others/log.ts';
import { meet } from '../../src/others/presence.ts';
import { statementOf, storiesOf } from '../../src/others/standing.ts';
import { nothingKnown } from '../../src/others/state.ts';
import { recognise } from '../../src/pairing/recognise.ts';
import { redact } from '../../src/pairing/redact.ts';
import { parsed } from '../../src/parse.ts';
import { toGatewayStatus } from '../../src/projection.ts';
import { INITIAL_RELAY } from '../../src/relay/status.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import {
  connectionItem,
  credentialItem,
  gatewaysItem,
  historyItem,
  relayItem,
  settingsItem,
  toldItem,
  watchedItem,
} from '../../src/storage/items.ts';
import { othersItem } from '../../src/storage/others-item.ts';
import { CIRCUMSTANCES } from '../../test/fixtures/connection.ts';
import { ADDRESS, HEX_TOKEN, HEX64, setupCode } from '../../test/fixtures/pairing.ts';
import { below, type Chance, mutatedText, mutatedValue, pick, text, value } from './chance.ts';

const NOW = 1_800_000_000_000;
const FIXTURES = resolve(import.meta.dirname, '../../test/fixtures');

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Every frame that eleven gateway versions were seen to send. */
const FRAMES: readonly string[] = globSync('frames/*/*.json', { cwd: FIXTURES }).flatMap((file) => {
  const { frames = [] } = JSON.parse(readFileSync(resolve(FIXTURES, file), 'utf8')) as { frames?: unknown[] };
  return frames.map((frame) => JSON.stringify(frame));
});

const GATEWAY = { id: 'g', address: ADDRESS, reach: 'loopback', addedAt: NOW, name: null } as const;

function hostileFrame(random: Chance): string {
  switch (below(random, 20)) {
    case 0:
      return text(random, 400);
    case 1:
      return JSON.stringify(value(random, 6)) ?? '';
    case 2:
      return `${'['.repeat(1 + below(random, 3_000))}${text(random, 5)}`;
    case 3:
      return `{"type":"res","id":"connect","ok":false,"error":{"code":"${'x'.repeat(below(random, 20_000))}"}}`;
    case 4:
    case 5:
    case 6:
      return JSON.stringify(mutatedValue(random, JSON.parse(pick(random, FRAMES)))) ?? '';
    default:
      return mutatedText(random, FRAMES);
  }
}

function frame(random: Chance): void {
  const raw = hostileFrame(random);
  const read = parseFrame(raw);
  if (read.type !== 'rejected') return;
  const cause = diagnose(
    read.failure,
    pick(random, ['device-token', 'setup-code', 'gateway-secret', 'none', null]),
  );
  must(CAUSES.includes(cause), `no cause: ${cause}`);
  const words = presentable(read.failure.message);
  must(words.length <= 240, 'words too long');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
  must(!/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(words), 'words that hide or turn around');
  // Whatever was refused, the state that comes of it can be stored, shown and gone on with.
  const open: ConnectionState = {
    ...initialState(),
    generation: 1,
    phase: {
      name: 'handshaking',
      sent: 'device-token',
      startedAt: NOW,
      openedAt: NOW,
      giveUpAt: NOW + 10_000,
    },
    held: {
      ...initialState().held,
      deviceToken: { serial: 's', client: 'copilot', issuedAt: null, unanswered: 1, refusal: null },
    },
  };
  const failure = { ...read.failure, message: words };
  goOn(transition(open, { type: 'connect-rejected', generation: 1, failure }, moment(NOW)).state);
}

const moment = (now: number) => ({ ...CIRCUMSTANCES, now });

/** A state that is sound: its next life starts, it can be shown, and its next deadline is a number. */
function goOn(state: ConnectionState): void {
  const { state: next } = transition(state, { type: 'worker-started' }, moment(NOW));
  const at = nextMoment(next, NOW);
  must(at === null || !Number.isNaN(at), 'no deadline');
  toGatewayStatus(GATEWAY, next, INITIAL_RELAY, NOW);
}

const PASTES: readonly string[] = [
  setupCode({ url: ADDRESS, bootstrapToken: HEX_TOKEN, expiresAtMs: NOW }),
  `http://127.0.0.1:18789/#token=${HEX_TOKEN}`,
  `ws://127.0.0.1:18799/extension?gateway=${encodeURIComponent(ADDRESS)}#${HEX64}`,
  `OPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}`,
  `{"ok":true,"url":"http://127.0.0.1:18789/#token=${HEX_TOKEN}","wsUrl":"${ADDRESS}"}`,
  `openclaw qr --setup-code-only --url ${ADDRESS}`,
  `wss://gateway.example.com/openclaw#${HEX_TOKEN}`,
];

function paste(random: Chance): void {
  const pasted = random() < 0.3 ? text(random, 500) : mutatedText(random, PASTES);
  const seen = recognise(pasted, { now: NOW });
  // What was written as the host or the path of an address is an address: nobody can tell that it was meant otherwise.
  must(!JSON.stringify(seen).includes(HEX_TOKEN) || isInAddress(seen), 'a secret in what can be printed');
}

const isInAddress = (seen: object): boolean => {
  const { address = '', gatewayAddress = '', relayAddress = '' } = seen as Record<string, string | null>;
  return [address, gatewayAddress, relayAddress].some((each) => each?.includes(HEX_TOKEN));
};

function foreignWords(random: Chance): void {
  const words = random() < 0.5 ? text(random, 600) : mutatedText(random, PASTES);
  must(redact(redact(words)) === redact(words), 'masking twice changes something');
  presentable(words);
  failureFromClose(words);
}

const OTHERS = othersItem('g');

/** Valid values of every stored item, to be spoilt. */
const STORED = [
  [gatewaysItem, [GATEWAY]],
  [connectionItem('g'), initialState()],
  [relayItem('g'), INITIAL_RELAY],
  [credentialItem('g', 'device-token'), { serial: 's', iv: 'aa', data: 'bb' }],
  [
    historyItem('g'),
    {
      startedAt: NOW,
      incidents: [
        {
          startedAt: NOW,
          endedAt: null,
          cause: 'connection-lost',
          worst: 'down',
          closeCode: 1006,
          cure: null,
        },
      ],
      connects: [{ at: NOW, helloMs: 3 }],
    },
  ],
  [watchedItem('g'), [{ from: NOW - 1_000, to: NOW }]],
  [settingsItem, DEFAULT_SETTINGS],
  [OTHERS, { ...nothingKnown(NOW), visitors: [], refused: [] }],
  [toldItem, [{ gatewayId: 'g', kind: 'down', since: NOW, at: NOW }]],
] as const;

function stored(random: Chance): void {
  const [item, sample] = pick(random, STORED);
  const raw =
    random() < 0.1
      ? value(random)
      : { version: pick(random, [1, 1, 2, 2, 3, 0, -1, 99]), value: mutatedValue(random, sample) };
  const read = item.decode(raw);
  must(['value', 'absent', 'newer', 'unreadable'].includes(read.type), 'no reading');
  if (read.type !== 'value') return;
  if (item.key.startsWith('connection:')) goOn(read.value as ConnectionState);
  if (item.key.startsWith('watched:')) {
    const watched = read.value as { from: number; to: number }[];
    summarise({ startedAt: NOW, incidents: [], connects: [], watched }, NOW - 1e6, NOW, NOW);
  }
}

const COMMANDS = [
  { type: 'pair', text: 'x', secret: null, withoutSecret: false, remember: true, gatewayId: null },
  { type: 'check', gatewayId: 'g' },
  { type: 'rename-gateway', gatewayId: 'g', name: 'x' },
  { type: 'set-settings', settings: DEFAULT_SETTINGS },
];

function command(random: Chance): void {
  const message = random() < 0.2 ? value(random) : mutatedValue(random, pick(random, COMMANDS));
  parsed(commandSchema, message);
}

/** What four versions logged of clients that they refused, and whom they listed. */
const CAPTURES: readonly { lines: readonly string[]; presence?: unknown }[] = globSync('others/*.json', {
  cwd: FIXTURES,
}).flatMap((file) =>
  Object.values<any>(JSON.parse(readFileSync(resolve(FIXTURES, file), 'utf8')).situations),
);
const LINES = CAPTURES.flatMap(({ lines }) => lines);
const LISTS = CAPTURES.flatMap(({ presence }) => (presence === undefined ? [] : [presence]));
/** A line of a log, spoilt in its text or in what it says. */
function hostileLine(random: Chance): string {
  if (random() < 0.3) return mutatedText(random, LINES);
  const line = JSON.parse(pick(random, LINES));
  return JSON.stringify({ ...line, '1': mutatedValue(random, line['1']) });
}

function otherClients(random: Chance): void {
  const reader = {
    port: 18_789,
    host: '127.0.0.1:18789',
    ownDevices: [],
    ownOrigin: '',
    skewMs: pick(random, [0, -1e9, 1e9]),
    now: NOW,
  };
  const lines = Array.from({ length: 1 + below(random, 4) }, () => hostileLine(random));
  const heard = hear(nothingKnown(0), lines, reader, random() < 0.5);
  const met = meet(heard, mutatedValue(random, pick(random, LISTS)), {
    ...reader,
    isFollowed: random() < 0.5,
  });
  const { others } = planOthers(met, true, NOW);
  const read = OTHERS.decode(JSON.parse(JSON.stringify(OTHERS.encode(others))));
  must(read.type === 'value', 'what was kept cannot be read');
  // JSON writes control characters as escapes.
  must(!/\\u00[01]|[\u202a-\u202e\u2066-\u2069]/.test(JSON.stringify(others)), 'names that hide');
  must(!/closed before|guidance/.test(JSON.stringify(others)), 'a sentence was kept');
  for (const story of storiesOf(others, NOW)) {
    must(EXPLAINED.includes(story.code), `no cause: ${story.code}`);
    must(story.requestId === null || UUID.test(story.requestId), 'a request id that is none');
    curesFor(statementOf(story, ADDRESS));
  }
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const EXPLAINED: readonly string[] = [...CAUSES, ...OTHER_CODES];

/** What clients of four versions printed when they were refused. */
const PRINTED = globSync('errors/*/*.txt', { cwd: FIXTURES }).map((file) =>
  readFileSync(resolve(FIXTURES, file), 'utf8'),
);

function errorText(random: Chance): void {
  const { statements } = explain(mutatedText(random, PRINTED));
  for (const statement of statements) {
    must(EXPLAINED.includes(statement.code), `no cause: ${statement.code}`);
    const { requestId } = statement;
    must(requestId === null || UUID.test(requestId), 'a request id that is none');
    must(!JSON.stringify(statement.words).includes('<'), 'words that are no code');
    curesFor(statement);
  }
}

export const TARGETS = {
  frame,
  paste,
  foreignWords,
  stored,
  command,
  otherClients,
  errorText,
} as const;

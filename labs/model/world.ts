/**
 * A small world around one connection: a gateway that may be up, hang, start, forget, lock out or be somebody else,
 * a clock, a user, a worker that dies. It answers effects as a gateway does, and throws where a rule is broken.
 */
import { transition } from '../../src/gateway/connection.ts';
import { nextMoment } from '../../src/gateway/projection.ts';
import type { ConnectFailure } from '../../src/gateway/protocol.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  connectionStateSchema,
  type Effect,
  initialState,
} from '../../src/gateway/state.ts';
import { failureOf } from '../../test/fixtures/connection.ts';

/** Who is at the address. */
export const TENANTS = [
  'gateway',
  /** Another gateway, with books and a secret of its own. */
  'other',
  /** Another gateway that was given the same secret. */
  'twin',
  /** Asks to come back later. */
  'starting',
  /** Dies of every connect, before it answers. */
  'crashing',
  /** Lets in, hangs up, and has forgotten the device token by then. */
  'forgetful',
  'hung',
  'mute',
  'stranger',
  'no-websocket',
  'nobody',
] as const;
export type Tenant = (typeof TENANTS)[number];

/** What can happen to a connection from outside. */
export type Act =
  | { readonly act: 'tenant'; readonly tenant: Tenant }
  | {
      readonly act:
        | 'cut'
        | 'worker-dies'
        | 'announce-restart'
        | 'announce-stop'
        | 'rotate-token'
        | 'remove-device'
        | 'approve'
        | 'change-secret'
        | 'lock-out'
        | 'lose-credentials'
        | 'paste-right-secret'
        | 'paste-wrong-secret'
        | 'paste-setup-code'
        | 'offer-right-secret'
        | 'offer-wrong-secret'
        | 'forget-secret'
        | 'click'
        | 'click-for-all'
        | 'open-page'
        | 'pause'
        | 'resume'
        | 'sleep'
        | 'clock-set-back'
        | 'network-returns';
    };

/** Acts that a person does at the extension: only these may move a blocked connection. */
const BY_USER: readonly Act['act'][] = [
  'paste-right-secret',
  'paste-wrong-secret',
  'paste-setup-code',
  'offer-right-secret',
  'offer-wrong-secret',
  'click',
  'click-for-all',
  'resume',
  'pause',
];

/** What a person does without saying that whoever answers is the gateway that is meant. */
const VOUCHES_FOR_NOBODY: readonly Act['act'][] = [
  'click-for-all',
  'pause',
  'resume',
  'offer-right-secret',
  'offer-wrong-secret',
];

/** What a person does to have a pause end, or means by what they paste. */
const ENDS_PAUSE: readonly ConnectionEvent['type'][] = [
  'resume-requested',
  'gateway-secret-added',
  'setup-code-added',
];

/** Those who answer when they are asked. */
const LIVING: readonly Tenant[] = ['gateway', 'other', 'twin'];

/** The gateway's own limit: so many failures within a minute lock every extension out (docs/gateway.md). */
const LIMIT = 10;
const MINUTE = 60_000;

/** By how much this computer's clock is set back: longer than anything is waited for. */
const SET_BACK_MS = 26 * 60 * MINUTE;

/** More handshakes than this in a minute, without a person's help and to a gateway that did not ask to, is hammering. */
const MOST_HANDSHAKES = 40;

/** Repairs by ourselves within five minutes: three, and the one under way when the limit is met. */
const MOST_REPAIRS = 4;

/** What a gateway knows of us. */
interface Books {
  readonly secrets: Set<string>;
  readonly codes: Set<string>;
  tokens: Set<string>;
  isPaired: boolean;
  boot: string;
}

const emptyBooks = (boot: string): Books => ({
  secrets: new Set(),
  codes: new Set(),
  tokens: new Set(),
  isPaired: false,
  boot,
});

interface Pending {
  readonly at: number;
  readonly event: ConnectionEvent;
}

/** A broken rule, with the story so far left to the test runner. */
export class BrokenRule extends Error {}

function rule(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BrokenRule(what);
}

export class World {
  state: ConnectionState = initialState();
  /** The time, which this computer's clock may not show: see `clock-set-back`. */
  now = 1_800_000_000_000;
  /** Transitions made so far. */
  events = 0;

  #tenant: Tenant = 'gateway';
  #serial = 0;
  /** Of our gateway, credentials by the serial that we would hold them under; and of the other one. */
  readonly #ours = emptyBooks('ours-1');
  readonly #others = emptyBooks('others-1');
  /** Each life of whoever is at the address, as far as it can be told from the last one. */
  #life = 1;
  /** Since the last hello-ok: the port was seen closed, and the user asked for a pairing with whoever is there. */
  #wasClosed = false;
  #isVouchedFor = false;
  /** The device token that our gateway would take was replaced by one of another gateway, at the user's wish. */
  #hasMoved = false;
  /** Device tokens whose hello-ok arrived. */
  readonly #arrived = new Set<string>();
  #isLockedUntil = 0;
  /** The same, as far as the gateway has told us. */
  #toldLockedUntil = 0;
  /** How far this computer's clock is ahead of the time; it goes back only. */
  #clockAhead = 0;
  #failures: number[] = [];
  #refusals = new Map<string, number>();
  #socket: number | null = null;
  #pending: Pending[] = [];
  #handshakes: number[] = [];
  #secretUses: number[] = [];
  /** Attempts with one credential that nobody has answered. */
  #unanswered = new Map<string, number>();
  /** The credential that the current socket carried. */
  #asked = 'none';
  #lastActByUser = -Infinity;
  /** What gave the last event the right to forget a device token. */
  #mayForgetToken = false;
  /** The last event brought a device token. */
  #hasNewToken = false;
  /** When a device token was last refused. */
  #refusedAt = 0;

  readonly #random: () => number;
  readonly #isLocal: boolean;

  constructor(random: () => number, isLocal: boolean) {
    this.#random = random;
    this.#isLocal = isLocal;
  }

  /** Lets time pass, with everything that falls due in it, up to `ms` from now. */
  pass(ms: number, until: () => boolean = () => false): void {
    const end = this.now + ms;
    for (let steps = 0; !until(); steps += 1) {
      rule(steps < 2_000_000, 'time does not pass');
      const timer = this.#nextTick();
      const first = this.#pending.reduce<Pending | null>(
        (soonest, each) => (soonest === null || each.at < soonest.at ? each : soonest),
        null,
      );
      const at = Math.min(timer ?? Number.POSITIVE_INFINITY, first?.at ?? Number.POSITIVE_INFINITY);
      if (at > end) break;
      this.now = Math.max(this.now, at);
      if (first && first.at <= at) {
        this.#pending.splice(this.#pending.indexOf(first), 1);
        this.#on(first.event);
      } else this.#on({ type: 'clock-ticked' });
    }
    this.now = Math.max(this.now, Math.min(end, this.now + ms));
  }

  /** By the timer, and by the alarm where the timer waits for a clock that was set back. */
  #nextTick(): number | null {
    const timer = nextMoment(this.state, this.now + this.#clockAhead);
    return timer === null ? null : Math.min(timer - this.#clockAhead, this.now + MINUTE);
  }

  /** Does one thing. */
  do(act: Act): void {
    const isUser = BY_USER.includes(act.act);
    if (isUser) {
      this.#lastActByUser = this.now;
      this.#unanswered.clear();
      this.#secretUses = [];
      this.#isVouchedFor ||= !VOUCHES_FOR_NOBODY.includes(act.act);
    }
    const wasBlocked = this.state.phase.name === 'blocked';
    this.#perform(act);
    rule(
      !wasBlocked || isUser || this.state.phase.name === 'blocked',
      `${act.act} moved a connection that only its user may move`,
    );
  }

  #perform(act: Act): void {
    switch (act.act) {
      case 'tenant':
        this.#become(act.tenant);
        return;
      case 'cut':
        this.#cut(1006);
        return;
      case 'worker-dies': {
        // [R17] The token of a hello-ok that was on its way may be in the vault by then.
        const hello = this.#pending.find(
          ({ event }) => event.type === 'hello-received' && event.generation === this.#socket,
        )?.event;
        const token = hello?.type === 'hello-received' ? hello.hello.deviceToken : null;
        const late = token !== null && this.#random() < 0.5 ? token.serial : null;
        if (late !== null) this.#arrives(late);
        this.#socket = null;
        this.#pending = [];
        // What is stored is what another worker finds.
        this.state = connectionStateSchema.parse(JSON.parse(JSON.stringify(this.state)));
        const { held, aside } = this.state;
        const newestToken = late ?? held.deviceToken?.serial ?? aside.deviceToken?.serial ?? null;
        this.#on({ type: 'worker-started', newestToken });
        return;
      }
      case 'announce-restart':
        if (this.#socket === null || this.state.phase.name !== 'connected') return;
        this.#on({ type: 'shutdown-announced', generation: this.#socket, restartExpectedMs: 1_500 });
        this.#begin();
        this.#cut(1012);
        return;
      case 'announce-stop':
        if (this.#socket === null || this.state.phase.name !== 'connected') return;
        this.#on({ type: 'shutdown-announced', generation: this.#socket, restartExpectedMs: null });
        this.#cut(1012);
        // A dying one still answers a knock, and refuses WebSockets.
        this.#become(this.#random() < 0.5 ? 'no-websocket' : 'nobody');
        return;
      case 'rotate-token':
        this.#books.tokens.clear();
        this.#cut(4001);
        return;
      case 'remove-device':
        this.#books.tokens.clear();
        this.#books.isPaired = false;
        this.#cut(4001);
        return;
      case 'approve':
        this.#books.isPaired = true;
        return;
      case 'change-secret':
        this.#books.secrets.clear();
        this.#cut(4001);
        return;
      case 'lock-out':
        this.#isLockedUntil = this.now + 5 * MINUTE;
        return;
      case 'lose-credentials':
        this.#ours.tokens.clear();
        this.#ours.secrets.clear();
        this.#ours.codes.clear();
        return;
      case 'paste-right-secret':
      case 'paste-wrong-secret': {
        const serial = this.#next('secret');
        if (act.act === 'paste-right-secret') this.#ours.secrets.add(serial);
        this.#on({ type: 'gateway-secret-added', serial, isRemembered: this.#random() < 0.7 });
        return;
      }
      case 'paste-setup-code': {
        const serial = this.#next('code');
        this.#ours.codes.add(serial);
        this.#on({ type: 'setup-code-added', serial, expiresAt: this.now + 10 * MINUTE });
        return;
      }
      case 'offer-right-secret':
      case 'offer-wrong-secret': {
        const serial = this.#next('secret');
        if (act.act === 'offer-right-secret') this.#ours.secrets.add(serial);
        this.#on({ type: 'repair-secret-added', serial });
        return;
      }
      case 'forget-secret':
        this.#on({ type: 'gateway-secret-withdrawn' });
        return;
      case 'click':
        this.#on({ type: 'check-requested', by: 'user' });
        return;
      case 'click-for-all':
        this.#on({ type: 'check-requested', by: 'fleet' });
        return;
      case 'open-page':
        this.#on({ type: 'check-requested', by: 'page' });
        return;
      case 'pause':
        this.#on({ type: 'pause-requested' });
        return;
      case 'resume':
        this.#on({ type: 'resume-requested' });
        return;
      case 'sleep':
        this.#pending = this.#pending.map((each) => ({ ...each, at: each.at + 60 * MINUTE }));
        this.now += 60 * MINUTE;
        // Nobody watched for an hour: it counts as another run.
        this.#life += 1;
        return;
      case 'clock-set-back':
        this.#clockAhead -= SET_BACK_MS;
        return;
      case 'network-returns':
        if (!this.#isLocal) this.#life += 1;
        this.#on({ type: 'network-returned' });
        return;
      default:
        act satisfies never;
    }
  }

  /** From now on nothing goes wrong any more, and whoever waits for approval gets it. */
  heal(): void {
    this.#perform({ act: 'tenant', tenant: 'nobody' });
    // Longer than an alarm takes, which is all that sees the port close while a timer waits for a clock that was set back.
    this.pass(2 * MINUTE);
    this.#perform({ act: 'tenant', tenant: 'gateway' });
    this.#ours.isPaired = true;
    this.#isLockedUntil = 0;
    this.#toldLockedUntil = 0;
  }

  /** Our gateway would let us in with what we hold or have set aside. */
  get hasPairing(): boolean {
    const { held, aside } = this.state;
    return [held, aside].some(({ deviceToken }) => this.#ours.tokens.has(deviceToken?.serial ?? ''));
  }

  /** Our gateway waits for a device token that we let go of, although nobody told us to. */
  get isPairingLost(): boolean {
    // One that was on its way when the connection ended was never ours to lose.
    const isKnown = [...this.#ours.tokens].some((token) => this.#arrived.has(token));
    return isKnown && !this.hasPairing && !this.#hasMoved;
  }

  get #isOurs(): boolean {
    return this.#tenant !== 'other' && this.#tenant !== 'twin';
  }

  get #books(): Books {
    return this.#isOurs ? this.#ours : this.#others;
  }

  #become(tenant: Tenant): void {
    const isChange = tenant !== this.#tenant;
    if (isChange && tenant !== 'hung') this.#cut(1006);
    this.#tenant = tenant;
    // What closes the port, or starts, is the end of a run; what hangs elsewhere may be.
    const isEnd = tenant === 'nobody' || tenant === 'starting' || (tenant === 'hung' && !this.#isLocal);
    if (isChange && isEnd) this.#begin();
  }

  #begin(): void {
    this.#life += 1;
    this.#ours.boot = `ours-${this.#life}`;
    this.#others.boot = `others-${this.#life}`;
  }

  #next(kind: string): string {
    this.#serial += 1;
    return `${kind}-${this.#serial}`;
  }

  #cut(code: number): void {
    if (this.#socket === null) return;
    const generation = this.#socket;
    this.#socket = null;
    this.#pending = this.#pending.filter(({ event }) => !('generation' in event));
    this.#on({ type: 'socket-closed', generation, code, reason: '' });
  }

  #on(event: ConnectionEvent): void {
    this.events += 1;
    const before = this.state;
    if (event.type === 'knock-failed' && event.reason === 'refused') this.#wasClosed = true;
    const isAnswer = event.type === 'hello-received' || event.type === 'connect-rejected';
    // What arrives on a socket that we closed meanwhile, for a new secret say, tells us nothing.
    if (isAnswer && event.generation === this.#socket) {
      if (event.type === 'connect-rejected' && event.failure.detailCode === 'AUTH_RATE_LIMITED')
        this.#toldLockedUntil = this.#isLockedUntil;
      this.#unanswered.delete(this.#asked);
      if (event.type === 'hello-received' && this.#asked.startsWith('secret-')) this.#countRepair();
      const isStale =
        event.type === 'connect-rejected' && event.failure.detailCode === 'AUTH_DEVICE_TOKEN_MISMATCH';
      if (isStale) this.#countRefusal('device-token', this.#asked, 1);
      if (event.type === 'hello-received') {
        this.#wasClosed = false;
        this.#isVouchedFor = false;
      }
    }
    if (event.type === 'hello-received' && event.hello.deviceToken)
      this.#arrives(event.hello.deviceToken.serial);
    const { state, effects } = transition(before, event, {
      now: this.now + this.#clockAhead,
      random: this.#random(),
      isLocal: this.#isLocal,
      isOnline: true,
      mayRepair: true,
      crowd: 1,
      approverSince: null,
    });
    this.state = state;
    const said = before.trouble?.cause;
    if (said === 'gateway-stopping' || said === 'gateway-restarting') {
      rule(
        event.type !== 'knock-failed' || state.trouble?.cause === said,
        `${said} was forgotten for ${state.trouble?.cause} while nobody was there`,
      );
    }
    if (before.phase.name === 'paused') {
      rule(state.phase.name === 'paused' || ENDS_PAUSE.includes(event.type), `${event.type} ended a pause`);
    }
    if (before.phase.name === 'paused' && state.phase.name === 'paused') {
      rule(
        effects.every(({ type }) => type === 'forget'),
        'something was done during a pause',
      );
    }
    rule(
      before.held.deviceToken === null || state.held.deviceToken !== null || this.#mayForgetToken,
      'a device token was set aside that nobody refused',
    );
    for (const effect of effects) this.#run(effect);
    this.#hasNewToken = false;
    const { name } = this.state.phase;
    const ownsSocket = name === 'connected' || name === 'handshaking';
    rule(!ownsSocket || this.#socket === this.state.generation, `${name} without a socket`);
  }

  /** [R18] A newer token has worked, [R17] whether or not its socket is still there: the one before is let go. */
  #arrives(token: string): void {
    this.#hasMoved = !this.#ours.tokens.has(token);
    this.#arrived.add(token);
    this.#hasNewToken = true;
  }

  /** An attempt that nobody answered repaired nothing. */
  #countRepair(): void {
    this.#secretUses = [...this.#secretUses.filter((at) => this.now - at < 5 * MINUTE), this.now];
    rule(this.#secretUses.length <= MOST_REPAIRS, `${this.#secretUses.length} repairs within five minutes`);
  }

  #countRefusal(credential: string, serial: string, most: number): void {
    const key = `${serial} in life ${this.#life}`;
    const refused = (this.#refusals.get(key) ?? 0) + 1;
    this.#refusals.set(key, refused);
    rule(refused <= most, `a bad ${credential} was refused ${refused} times`);
  }

  #later(ms: number, event: ConnectionEvent): void {
    this.#pending.push({ at: this.now + ms, event });
  }

  #run(effect: Effect): void {
    const { now } = this;
    switch (effect.type) {
      case 'knock':
        if (this.#tenant === 'nobody') this.#later(2, { type: 'knock-failed', reason: 'refused' });
        else if (this.#tenant === 'hung') this.#later(4_000, { type: 'knock-failed', reason: 'timeout' });
        else this.#later(3, { type: 'knock-answered' });
        return;
      case 'open-socket':
        this.#open(effect.generation);
        return;
      case 'close-socket':
        if (this.#socket === effect.generation) this.#socket = null;
        return;
      case 'send-connect':
        rule(now >= this.#toldLockedUntil, 'a lock-out was not sat out');
        this.#judge(effect);
        return;
      case 'ask':
        if (this.#socket !== effect.generation || !LIVING.includes(this.#tenant)) return;
        this.#later(4, { type: 'frame-received', generation: effect.generation, latencyMs: 4 });
        return;
      case 'forget':
        // [R18] For good only where a newer one has worked, or after a week.
        rule(
          effect.credential !== 'device-token' ||
            this.#hasNewToken ||
            this.now - this.#refusedAt > 6 * 24 * 60 * MINUTE,
          'a device token was forgotten',
        );
        return;
      default:
        effect satisfies never;
    }
  }

  #open(generation: number): void {
    rule(this.#socket === null, 'a second socket was opened');
    this.#socket = generation;
    const isAsked = this.#tenant === 'starting' || this.now - this.#lastActByUser < MINUTE;
    this.#handshakes = this.#handshakes.filter((at) => this.now - at < MINUTE);
    if (!isAsked) {
      this.#handshakes.push(this.now);
      rule(
        this.#handshakes.length <= MOST_HANDSHAKES,
        `${this.#handshakes.length} handshakes within a minute`,
      );
    }
    const closed = (code: number, reason = ''): ConnectionEvent => ({
      type: 'socket-closed',
      generation,
      code,
      reason,
    });
    switch (this.#tenant) {
      case 'gateway':
      case 'other':
      case 'twin':
      case 'starting':
      case 'crashing':
      case 'forgetful':
        this.#later(3, { type: 'socket-opened', generation });
        this.#later(5, { type: 'challenge-received', generation, nonce: 'n', issuedAt: this.now + 5 });
        return;
      case 'mute':
        this.#later(3, { type: 'socket-opened', generation });
        return;
      case 'stranger':
        this.#later(3, { type: 'socket-opened', generation });
        this.#later(5, { type: 'foreign-frame-received', generation });
        return;
      case 'no-websocket':
      case 'nobody':
        this.#later(3, closed(1006));
        return;
      case 'hung':
        return;
      default:
        this.#tenant satisfies never;
    }
  }

  #judge({ generation, credential }: Effect & { type: 'send-connect' }): void {
    if (this.#socket !== generation) return;
    const held = this.state.held;
    const serial =
      credential === 'device-token'
        ? held.deviceToken?.serial
        : credential === 'setup-code'
          ? held.setupCode?.serial
          : held.gatewaySecret?.serial;
    const answer = (failure: Partial<ConnectFailure>, code = 1008): void => {
      this.#later(2, { type: 'connect-rejected', generation, failure: failureOf(failure) });
      this.#later(3, { type: 'socket-closed', generation, code, reason: '' });
    };
    const lost = (this.#unanswered.get(serial ?? 'none') ?? 0) + 1;
    this.#unanswered.set(serial ?? 'none', lost);
    this.#asked = serial ?? 'none';
    rule(
      lost <= 2 || credential === 'device-token' || credential === 'none',
      `a ${credential} was sent ${lost} times without an answer`,
    );
    if (this.#tenant === 'starting') {
      answer(
        { errorCode: 'UNAVAILABLE', message: 'gateway starting', isRetryable: true, retryAfterMs: 500 },
        1013,
      );
      return;
    }
    if (this.#tenant === 'crashing') {
      this.#cut(1006);
      return;
    }
    if (!LIVING.includes(this.#tenant) && this.#tenant !== 'forgetful') return;
    if (this.now < this.#isLockedUntil) {
      answer({ detailCode: 'AUTH_RATE_LIMITED', retryAfterMs: this.#isLockedUntil - this.now });
      return;
    }
    // [R19] What pairs anew goes to nobody who may be another gateway, unless the user wanted it.
    rule(
      this.#isOurs ||
        credential !== 'gateway-secret' ||
        this.#isVouchedFor ||
        !this.#wasClosed ||
        !this.hasPairing,
      'the gateway secret was sent to another gateway',
    );
    const books = this.#books;
    const secrets = this.#tenant === 'twin' ? this.#ours.secrets : books.secrets;
    const isGood =
      credential === 'device-token'
        ? books.tokens.has(serial ?? '')
        : credential === 'setup-code'
          ? books.codes.has(serial ?? '')
          : credential === 'gateway-secret' && secrets.has(serial ?? '');
    if (!isGood) {
      this.#refuse(credential, serial ?? 'none', answer);
      return;
    }
    this.#mayForgetToken = false;
    if (!books.isPaired && credential !== 'device-token') {
      const pairing = { reason: 'not-paired', requestId: 'r-1' };
      answer({ errorCode: 'NOT_PAIRED', detailCode: 'PAIRING_REQUIRED', pairing });
      return;
    }
    const token = credential === 'device-token' ? serial : this.#next('token');
    books.tokens = new Set(token === undefined || this.#tenant === 'forgetful' ? [] : [token]);
    this.#later(4, {
      type: 'hello-received',
      generation,
      hello: {
        protocol: 4,
        serverVersion: '2026.9.6',
        bootId: books.boot,
        uptimeMs: null,
        deviceToken: token === undefined ? null : { serial: token, issuedAt: this.now },
      },
    });
    if (this.#tenant === 'forgetful') {
      this.#later(1_000, { type: 'socket-closed', generation, code: 1006, reason: '' });
    }
  }

  #refuse(credential: string, serial: string, answer: (failure: Partial<ConnectFailure>) => void): void {
    // A secret may burn two attempts, answered or not. A device token must survive gateways that crash: only its
    // answers count.
    if (credential !== 'device-token') this.#countRefusal(credential, serial, 2);
    this.#failures = [...this.#failures.filter((at) => this.now - at < MINUTE), this.now];
    // A person who pastes one wrong secret after the other may lock themselves out; we alone may not.
    const isOurs = this.now - this.#lastActByUser > MINUTE;
    rule(!isOurs || this.#failures.length < LIMIT, 'the limit of failed attempts was reached');
    this.#mayForgetToken = credential === 'device-token';
    if (credential === 'device-token') this.#refusedAt = this.now;
    const detailCode =
      credential === 'device-token'
        ? 'AUTH_DEVICE_TOKEN_MISMATCH'
        : credential === 'setup-code'
          ? 'AUTH_BOOTSTRAP_TOKEN_INVALID'
          : credential === 'none'
            ? 'AUTH_TOKEN_MISSING'
            : 'AUTH_TOKEN_MISMATCH';
    answer({ detailCode });
  }
}

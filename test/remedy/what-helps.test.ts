import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import { CAUSES } from '../../src/gateway/causes.ts';
import { FINDINGS } from '../../src/gateway/finding.ts';
import { INSIDE_CODES, insideRow } from '../../src/inside/codes.ts';
import { bearingOf, RELAY_CAUSES } from '../../src/relay/causes.ts';
import { APPROVER_ANSWER_IDS, approverAnswer } from '../../src/remedy/approver.ts';
import { type CliCommand, COMMAND_IDS, COMMANDS, COUNT } from '../../src/remedy/commands.ts';
import { betterThan } from '../../src/remedy/known-faults.ts';
import { isByCompose } from '../../src/remedy/places.ts';
import { type Diagnosis, PLATFORMS, REMEDY_EFFECTS, type RemedyFacts } from '../../src/remedy/types.ts';
import { OLDEST_VERSION } from '../../src/remedy/versions.ts';
import type { Remedy } from '../../src/remedy/ways.ts';
import { REMEDY_IDS, remedyOf } from '../../src/remedy/ways.ts';
import { anyOriginCommand, remediesFor, secretCommand, togetherFor } from '../../src/remedy/what-helps.ts';
import { ROAD_CAUSES } from '../../src/road/causes.ts';
import { takesOutput } from '../../src/words/explanation.ts';
import { MESSAGES } from '../fakes/browser-api.ts';
import { factsOf, VERSIONS } from '../fixtures/remedy-facts.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const ALL = Object.keys(DIAGNOSES) as Diagnosis[];
/** What a user has to be helped with. */
const TROUBLES = ALL.filter(
  (each) => ![...RELAY_CAUSES].some((relay) => relay === each && !isTrouble(relay)),
);
function isTrouble(relay: (typeof RELAY_CAUSES)[number]): boolean {
  return ['fault', 'absent', 'asleep'].includes(bearingOf(relay));
}

const REACHES = ['loopback', 'private', 'public'] as const;

/** Every card that can come up, with the facts that it came from. */
const everything: { diagnosis: Diagnosis; facts: RemedyFacts; remedies: readonly Remedy[] }[] =
  TROUBLES.flatMap((diagnosis) =>
    PLATFORMS.flatMap((platform) =>
      VERSIONS.flatMap((serverVersion) =>
        REACHES.map((reach) => {
          const facts = factsOf({ platform, serverVersion, reach });
          return { diagnosis, facts, remedies: remediesFor(diagnosis, facts) };
        }),
      ),
    ),
  );
const commands = [
  ...new Set(
    everything.flatMap(({ remedies }) =>
      remedies.flatMap(({ command }) => (command === null ? [] : [command])),
    ),
  ),
  ...PLATFORMS.map(anyOriginCommand),
];

const first = (diagnosis: Diagnosis, changes: Partial<RemedyFacts> = {}) =>
  remediesFor(diagnosis, factsOf(changes))[0];

describe('the catalogue', () => {
  it('has a row for every diagnosis there is', () => {
    expect([...ALL].sort()).toEqual([...CAUSES, ...FINDINGS, ...ROAD_CAUSES, ...RELAY_CAUSES].sort());
  });

  it('helps with every trouble, on every platform and in every version', () => {
    const helpless = everything
      // A version without a relay has none of the relay's other troubles.
      .filter(({ remedies }) => remedies.length === 0)
      .filter(({ diagnosis, facts }) => !(diagnosis.startsWith('relay-') && hasNoRelay(facts.serverVersion)))
      // A legacy relay starts with its gateway and does not sleep.
      .filter(({ diagnosis, facts }) => diagnosis !== 'relay-asleep' || hasLazyRelay(facts.serverVersion))
      .map(({ diagnosis, facts }) => `${diagnosis} ${facts.platform} ${facts.serverVersion}`);
    expect([...new Set(helpless)]).toEqual([]);
  });

  it('offers nothing where nothing is wrong', () => {
    for (const diagnosis of ALL.filter((each) => !TROUBLES.includes(each)))
      expect(remediesFor(diagnosis, factsOf())).toEqual([]);
  });

  it('goes from mild to strong; what changes nothing may stand anywhere', () => {
    for (const { diagnosis, remedies } of everything) {
      const ranks = remedies
        .filter(({ effect }) => effect !== 'reads' && effect !== 'reveals')
        .map(({ effect }) => REMEDY_EFFECTS.indexOf(effect));
      expect(ranks, diagnosis).toEqual([...ranks].sort((one, other) => one - other));
    }
  });

  it('what is one instruction stands together and first, wherever its first step exists, and is commands alone', () => {
    const instructed = everything
      .filter(({ diagnosis }) => togetherFor(diagnosis) > 1)
      .map(({ diagnosis, remedies }) => {
        const ids = DIAGNOSES[diagnosis].remedies.slice(0, togetherFor(diagnosis));
        return { diagnosis, ids, remedies: remedies.slice(0, ids.length) };
      })
      .filter(({ ids, remedies }) => remedies.some(({ id }) => id === ids[0]));
    expect([...new Set(instructed.map(({ diagnosis }) => diagnosis))].sort()).toEqual(
      ALL.filter((each) => togetherFor(each) > 1).sort(),
    );
    for (const { ids, remedies } of instructed) {
      expect(remedies.map(({ id }) => id)).toEqual(ids);
      expect(remedies.every(({ command }) => command !== null)).toBe(true);
    }
  });

  it('uses every remedy, every command, and names each remedy once', () => {
    const used = new Set([
      ...ALL.flatMap((diagnosis) => DIAGNOSES[diagnosis].remedies),
      ...APPROVER_ANSWER_IDS.flatMap((id) => approverAnswer(id).remedies),
    ]);
    expect(REMEDY_IDS.filter((id) => !used.has(id))).toEqual([]);
    const run = new Set(REMEDY_IDS.flatMap((id) => remedyOf(id).ways.map((way) => way.run)));
    // One stands inside of another one, and one is no remedy, but the way to a secret.
    // What is found inside a gateway has its commands at hand.
    const inside: readonly string[] = INSIDE_CODES.flatMap((code) => insideRow(code).run);
    const others = ['get-origins', 'dashboard-to-clipboard', ...inside];
    expect(COMMAND_IDS.filter((id) => !run.has(id) && !others.includes(id))).toEqual([]);
    for (const { diagnosis, remedies } of everything) {
      expect(new Set(remedies.map(({ id }) => id)).size, diagnosis).toBe(remedies.length);
    }
  });

  it('calls an address what is no command to run', () => {
    const facts = factsOf({ address: 'ws://gateway.example.net:9999', reach: 'private' });
    for (const diagnosis of ALL) {
      for (const { id, command } of remediesFor(diagnosis, facts)) {
        const isAddress = command !== null && /^wss?:/.test(command);
        expect(isAddress, `${diagnosis}: ${id}`).toBe(command !== null && remedyOf(id).isAddress === true);
      }
    }
  });

  it('has words for every remedy, effect and platform', () => {
    const keys = [
      ...REMEDY_IDS.map((id) => `remedy_${id.replaceAll('-', '_')}_label`),
      ...REMEDY_EFFECTS.map((effect) => `remedy_effect_${effect}`),
      ...PLATFORMS.map((platform) => `platform_${platform}`),
    ];
    expect(keys.filter((key) => !MESSAGES[key]?.message)).toEqual([]);
    const labels = Object.keys(MESSAGES).filter((key) => /^remedy_/.test(key));
    expect(labels.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('says of every trouble what happened, what it means, and what to do', () => {
    const missing = [
      ...CAUSES.flatMap((cause) => partsOf(`cause_${cause}`, ['title', 'happened', 'did', 'impact', 'todo'])),
      ...FINDINGS.flatMap((code) => partsOf(`finding_${code}`, ['title', 'happened', 'impact', 'todo'])),
      ...ROAD_CAUSES.flatMap((code) => partsOf(`road_${code}`, ['title', 'happened', 'todo'])),
      ...RELAY_CAUSES.filter((cause) => bearingOf(cause) === 'fault').flatMap((cause) =>
        partsOf(cause, ['title', 'happened', 'todo']),
      ),
    ].filter((key) => !MESSAGES[key]?.message);
    expect(missing).toEqual([]);
  });

  // Where a command is to be run is said beside it (`words/place.ts`): on which computer depends on the gateway's address.
  it.each([...CAUSES, ...FINDINGS, ...ROAD_CAUSES])('%s is an instruction without a place', (diagnosis) => {
    const family = FINDINGS.some((code) => code === diagnosis)
      ? 'finding'
      : ROAD_CAUSES.some((code) => code === diagnosis)
        ? 'road'
        : 'cause';
    const [todo = ''] = partsOf(`${family}_${diagnosis}`, ['todo']).map(
      (key) => MESSAGES[key]?.message ?? '',
    );
    expect(todo).toMatch(/[^:]\.$/);
    expect(todo).not.toMatch(/\brun\b/i);
    // Where something is to be pasted, the command is a step of its own.
    const cause = CAUSES.find((each) => each === diagnosis);
    if (cause && takesOutput({ code: 'needs-you', cause })) {
      expect(['new-setup-code', 'show-secret']).toContain(DIAGNOSES[cause].remedies[0]);
    }
  });
});

const partsOf = (code: string, parts: readonly string[]): string[] =>
  parts.map((part) => `${code.replaceAll('-', '_')}_${part}`);

/** From 2026.7.1 on. */
const hasLazyRelay = (version: string | null): boolean => /^2026\.[789]\./.test(version ?? '2026.9.6');

/** 2026.3.22 to 6.35. */
const hasNoRelay = (version: string | null): boolean => /^2026\.[456]\./.test(version ?? '');

describe('no command', () => {
  it.each([
    'devices rotate-token',
    'gateway token',
    'gateway ping',
    'auth refresh',
    'openclaw login',
    'sessions-spawn',
    '--latest',
    'doctor --fix',
    'doctor --repair',
    'pkill',
    'kill ',
    ' rm ',
  ])('is the popular and false or harmful “%s”', (wrong) => {
    expect(commands.filter((command) => command.includes(wrong))).toEqual([]);
  });

  it('is of OpenClaw and not in the list that is compared with its command line', () => {
    const lines = COMMAND_IDS.map((id): CliCommand => COMMANDS[id]).map(
      ({ line }) => line.split(/[{"]/)[0]?.trim() ?? '',
    );
    const strangers = commands
      .flatMap((command) => /(?:^openclaw |openclaw-cli |dist\/index\.js )(.*)$/.exec(command)?.[1] ?? [])
      .filter((rest) => !lines.some((line) => rest.startsWith(line)));
    expect(strangers).toEqual([]);
  });

  it('has more than a verb, flags and values in its data', () => {
    for (const id of COMMAND_IDS) {
      const { line, verb, flags, parentFlag }: CliCommand = COMMANDS[id];
      const [head = '', ...rest] = verb.split(' ');
      const start = [head, ...(parentFlag ? [parentFlag, 'chrome'] : []), ...rest].join(' ');
      expect(line.startsWith(start), id).toBe(true);
      // What `config get` needs inside of `config set` is a row of its own.
      const named = [...line.replace(/\$\(.*\)/, '').matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
      expect(
        named.filter((flag) => flag !== parentFlag),
        id,
      ).toEqual([...flags]);
    }
  });

  it('has a hole in it, or two lines', () => {
    expect(
      commands.filter((command) =>
        /[{}<>\n]|undefined|null/.test(command.replace(/try\{.*\}catch\{0\}/, '')),
      ),
    ).toEqual([]);
  });

  it('is no sentence for a POSIX shell', () => {
    for (const command of commands) execFileSync('/bin/sh', ['-n', '-c', command]);
  });

  it('chains commands: PowerShell 5 knows no “&&”, and “;” goes on after a failure', () => {
    expect(commands.filter((command) => /&&|;/.test(command))).toEqual([]);
  });
});

describe('versions', () => {
  it.each([
    ['dev', 'openclaw dashboard --no-open'],
    ['2026.5.28', 'openclaw dashboard --no-open'],
    ['2026.8.1', 'openclaw gateway auth-token --show'],
    [null, 'openclaw gateway auth-token --show'],
  ])('%s: the gateway secret is shown by %s', (serverVersion, command) => {
    expect(secretCommand(factsOf({ serverVersion }))).toBe(command);
  });

  it.each([
    ['macos', 'loopback', ' | pbcopy'],
    ['windows', 'loopback', ' | clip'],
    ['wsl', 'loopback', ' | clip.exe'],
    ['linux', 'loopback', null],
    ['docker', 'loopback', null],
    ['kubernetes', 'loopback', null],
    ['macos', 'private', null],
    ['windows', 'public', null],
  ] as const)('%s, %s: what prints a setup code can end in %s', (platform, reach, end) => {
    for (const serverVersion of ['2026.2.21', '2026.5.28', '2026.9.6']) {
      const found = remediesFor('device-token-mismatch', factsOf({ platform, reach, serverVersion }));
      const prints = ({ command }: Remedy) => / qr /.test(command ?? '');
      expect(found.filter(prints).length).toBeGreaterThan(0);
      for (const remedy of found)
        expect(remedy.toClipboard).toBe(prints(remedy) && end !== null ? remedy.command + end : null);
    }
  });

  it.each([
    ['dev', 'openclaw dashboard --no-open'],
    ['2026.2.17', 'openclaw dashboard --no-open'],
    ['2026.3.13', 'openclaw dashboard --no-open'],
    // Nothing there prints the secret.
    ['2026.5.28', 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
    ['2026.7.33', 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
    ['2026.8.1', 'openclaw gateway auth-token --show'],
    // Whoever it is has this one.
    [null, 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
    ['something new', 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
  ])('%s: a refused gateway secret is replaced with %s', (serverVersion, command) => {
    expect(first('gateway-secret-mismatch', { serverVersion })?.command).toBe(command);
  });

  it.each([
    ['2026.2.24', 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
    // Its codes are burned before anybody can approve.
    ['2026.3.13', 'openclaw dashboard --no-open'],
    ['2026.5.28', 'openclaw qr --setup-code-only --url ws://127.0.0.1:18789'],
  ])('%s: without a credential, %s', (serverVersion, command) => {
    expect(first('no-credential', { serverVersion })?.command).toBe(command);
  });

  it('what first stands there for a gateway that was never met is in every version, or nothing mild is', () => {
    for (const diagnosis of TROUBLES) {
      const [shown, ...others] = remediesFor(diagnosis, factsOf({ serverVersion: null }));
      const old = remediesFor(diagnosis, factsOf({ serverVersion: OLDEST_VERSION }));
      const isOld = (remedy: Remedy | undefined) => old.some(({ command }) => command === remedy?.command);
      const mildOnes = others.filter(({ effect }) => ['reads', 'reveals', 'pairs'].includes(effect));
      expect(isOld(shown) || !mildOnes.some(isOld), diagnosis).toBe(true);
    }
    expect(first('gateway-secret-mismatch', { serverVersion: '2026.9.6' })?.id).toBe('show-secret');
  });

  it('a relay is not paired by a version that has no relay', () => {
    for (const serverVersion of ['2026.3.13', '2026.5.28', '2026.6.34']) {
      const ids = remediesFor('relay-not-attached', factsOf({ serverVersion })).map(({ id }) => id);
      expect(ids).not.toContain('pair-official-extension');
    }
    expect(first('relay-not-attached', { serverVersion: '2026.7.1' })?.command).toBe(
      'openclaw browser extension pair',
    );
  });

  it('that keep asking for approvals get the update as well', () => {
    const ids = (serverVersion: string) =>
      remediesFor('not-paired', factsOf({ serverVersion })).map(({ id }) => id);
    expect(ids('2026.4.14')).toEqual(['approve', 'update']);
    expect(ids('2026.9.6')).toEqual(['approve']);
  });

  it('no command stands under the label of another: a request without an id is looked for, not approved', () => {
    const remedies = remediesFor('not-paired', factsOf({ requestId: null }));
    expect(remedies).toEqual([
      { id: 'find-request', command: 'openclaw devices list', toClipboard: null, effect: 'reads' },
    ]);
  });

  it('with known pairing faults name the version to go to; the others, and what is no version, have none', () => {
    expect(betterThan('2026.4.14', 'pairing')).toBe('2026.9.6');
    for (const version of ['2026.9.6', '2026.4.24', 'dev', '', '__proto__', 'toString'])
      expect(betterThan(version, 'pairing')).toBeNull();
  });

  it('that end themselves where multicast is blocked get the setting for it, and the update', () => {
    const ids = (serverVersion: string | null) =>
      remediesFor('gateway-flapping', factsOf({ serverVersion })).map(({ id }) => id);
    for (const version of ['2026.4.14', '2026.4.15', '2026.4.24'])
      expect(ids(version)).toEqual(expect.arrayContaining(['disable-bonjour', 'update']));
    expect(ids('2026.4.23')).not.toContain('update');
    for (const version of ['2026.9.6', '2026.4.13', null]) {
      expect(ids(version)).not.toContain('disable-bonjour');
      expect(ids(version)).not.toContain('update');
    }
  });
});

describe('platforms', () => {
  it('Docker runs them in its containers, by the service names of the official compose file', () => {
    expect(first('not-paired', { platform: 'docker' })?.command).toBe(
      'docker compose run --rm openclaw-cli devices approve b42117a9-6ec2-4313-a3d7-103cd3ae745e',
    );
    const restart = remediesFor('rate-limited', factsOf({ platform: 'docker' }));
    expect(restart.map(({ command }) => command)).toEqual([null, 'docker compose restart openclaw-gateway']);
    for (const { facts, remedies } of everything.filter(({ facts: { platform } }) => platform === 'docker')) {
      // What is for this computer runs in no container.
      for (const { command } of remedies.filter(({ id }) => !/^use-/.test(id)))
        expect(command ?? 'docker ', facts.serverVersion ?? '').toMatch(/^docker /);
    }
  });

  it('a command by the compose file’s service can be had without it, and no other one of Docker’s', () => {
    expect(isByCompose(first('not-paired', { platform: 'docker' })?.command ?? null)).toBe(true);
    expect(isByCompose(first('gateway-unreachable', { platform: 'docker' })?.command ?? null)).toBe(false);
    expect(commands.filter(isByCompose).every((each) => each.includes(' openclaw-cli '))).toBe(true);
    expect(isByCompose(null)).toBe(false);
  });

  it('the others have it at hand', () => {
    for (const platform of ['linux', 'macos', 'windows', 'wsl'] as const) {
      expect(first('not-paired', { platform })?.command).toMatch(/^openclaw devices approve b42117a9/);
      expect(first('gateway-unreachable', { platform })?.command).toBe('openclaw gateway status --deep');
    }
  });

  it.each([
    ['linux', "ss -ltnp 'sport = :18789'"],
    ['wsl', "ss -ltnp 'sport = :18789'"],
    ['macos', 'lsof -nP -iTCP:18789 -sTCP:LISTEN'],
    ['windows', 'netstat -ano | findstr :18789'],
    ['docker', 'docker ps --filter publish=18789'],
  ] as const)('%s: who holds the port, %s', (platform, command) => {
    expect(first('restart-outlived', { platform })?.command).toBe(command);
    // The port of wss:// is the proxy's.
    expect(first('restart-outlived', { platform, address: 'wss://gateway.example.com' })?.id).toBe(
      'gateway-status',
    );
  });

  it('Windows and WSL have a loopback each: told where the gateway is on this computer, and only there', () => {
    const ids = (facts: Partial<RemedyFacts>) =>
      remediesFor('gateway-unreachable', factsOf(facts)).map(({ id }) => id);
    expect(ids({ platform: 'windows' })).toContain('maybe-in-wsl');
    expect(ids({ platform: 'wsl' })).toEqual(expect.arrayContaining(['wsl-running', 'wsl-networking']));
    expect(ids({ platform: 'windows', reach: 'private' })).not.toContain('maybe-in-wsl');
    expect(ids({ platform: 'linux' }).filter((id) => id.includes('wsl'))).toEqual([]);
  });

  it('PowerShell sees no double quote inside single ones, which it would drop, and nothing else that it reads', () => {
    const onWindows = everything
      .filter(({ facts: { platform } }) => platform === 'windows')
      .flatMap(({ remedies }) => remedies.map(({ command }) => command ?? ''));
    for (const command of [...onWindows, anyOriginCommand('windows')]) {
      expect(command).not.toMatch(/'[^']*"[^']*'|`|@/);
      // A subexpression is meant, and only there.
      const rest = command
        .replace(/"gateway\.(controlUi\.allowedOrigins|trustedProxies)\[\$\(.*\)\]"/, '')
        .replace(/"new crypto[^"$`]*"/, '');
      expect(rest).not.toMatch(/[$()]/);
    }
  });
});

describe('values in commands', () => {
  it.each(['x; reboot', '$(id)', '', '--latest', 'a b', '`x`', 'a\nb', '@a', "a'b", 'a"b', '%PATH%'])(
    'are never an id like %j',
    (requestId) => {
      for (const platform of PLATFORMS)
        expect(first('not-paired', { requestId, platform })?.command).toMatch(/ devices list$/);
    },
  );

  it.each([
    'wss://h.example/a;b$(c)',
    'ws://a b',
    'ws://a`b`',
    "ws://a'b",
    'ws://a"b',
    'ws://a&b',
    'ws://%A%',
  ])('are never an address like %j', (address) => {
    for (const platform of PLATFORMS) {
      expect(first('no-credential', { address, platform })?.command).toMatch(/ gateway auth-token --show$/);
      expect(first('restart-outlived', { address, platform })?.id).toBe('gateway-status');
    }
  });

  it('an IPv6 address is quoted: zsh would look for files of that name', () => {
    expect(first('no-credential', { address: 'ws://[::1]:18789' })?.command).toBe(
      'openclaw qr --setup-code-only --url "ws://[::1]:18789"',
    );
  });

  it.each(['https://a.example', 'chrome-extension://a;b', 'chrome-extension://$(x)', null])(
    'are never an origin like %j',
    (origin) => {
      expect(first('origin-not-allowed', { origin })?.id).not.toBe('allow-origin');
    },
  );

  it.each([
    ['["https://a.example","*"]', '2'],
    ['[]', '0'],
    // From 2026.8.1 on, where no list is set.
    ['{"ok":false,"error":"not found"}', '0'],
    ['Config path not found', '0'],
    ['', '0'],
  ])('count a list like %j as %s', (input, count) => {
    expect(execFileSync(process.execPath, ['-p', COUNT], { input, encoding: 'utf8' }).trim()).toBe(count);
  });

  it('add our origin to the gateway’s list without dropping what is in it', () => {
    const { origin } = factsOf();
    expect(first('origin-not-allowed')?.command).toMatch(
      /^openclaw config set "gateway\.controlUi\.allowedOrigins\[\$\(openclaw config get /,
    );
    for (const platform of PLATFORMS) {
      const command = first('origin-not-allowed', { platform })?.command ?? '';
      expect(command.replace(/'$/, '').endsWith(` ${origin}`)).toBe(true);
    }
  });
});

it('what opens a tunnel is a command for this computer, and its label says so', () => {
  const opensTunnel = REMEDY_IDS.filter((id) =>
    remedyOf(id).ways.some(({ shell }) => shell?.startsWith('ssh ')),
  );
  expect(opensTunnel).toEqual(REMEDY_IDS.filter((id) => remedyOf(id).at === 'this-computer'));
  for (const id of opensTunnel)
    expect(MESSAGES[`remedy_${id.replaceAll('-', '_')}_label`]?.message).toContain('on this computer');
});

it('says once what to do: what helps by hand is the very sentence above it, or another one', () => {
  const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const messageOf = (key: string): string => MESSAGES[key.replaceAll('-', '_')]?.message ?? '';
  const doubled = ROAD_CAUSES.filter((cause) => {
    const [first] = remediesFor(cause, factsOf({}));
    // A page opens by its button.
    if (first === undefined || first.command !== null || first.id === 'open-page') return false;
    const [todo, label] = [messageOf(`road_${cause}_todo`), messageOf(`remedy_${first.id}_label`)];
    const [said, again] = [wordsOf(todo), wordsOf(label)];
    const shared = [...again].filter((word) => said.has(word)).length;
    return todo !== label && shared > 0.6 * Math.min(said.size, again.size);
  });
  expect(doubled).toEqual([]);
});

/** What a look inside finds, one real condition each; a gateway that is as it comes out of the box first. */
import { readFile, writeFile } from 'node:fs/promises';
import { CONDITIONS, type Condition } from '../../harness/gateway/conditions.ts';
import { isAtLeast } from '../../harness/gateway/openclaw.ts';
import { INSIDE_CODES, type InsideCode, insideRow } from '../../src/inside/codes.ts';
import { SEVERITIES } from '../../src/inside/types.ts';
import { bring, type Configure } from './bring.ts';
import { type Expected, type Fault, type Scene, WELL } from './fault.ts';
import { STORIES } from './inside-stories.ts';
import type { Stage } from './stage.ts';

const place = (code: string): number => INSIDE_CODES.indexOf(code as InsideCode);
const gravity = (code: string): number => SEVERITIES.indexOf(insideRow(code as InsideCode).severity);
/** In the order in which they are told: the gravest first, and those that are as grave by their rows. */
const gravestFirst = (codes: readonly string[]): string =>
  [...codes].sort((one, other) => gravity(one) - gravity(other) || place(one) - place(other)).join(' ');

/** It needs no start of its own: what it changes is taken over, or it changes nothing before. */
const isLive = ({ isTakenOver, configure, env, lasts }: Condition, version: string): boolean =>
  configure === undefined
    ? env === undefined && !lasts
    : isTakenOver === true && isAtLeast(version, '2026.8.1');

/** Brings a gateway that runs into that condition; its configuration is put back when the fault is over. */
async function changeLive(stage: Stage, { configure }: Condition, admit: Configure): Promise<void> {
  const { gateway } = stage;
  const before = await readFile(gateway.configFile);
  stage.atEnd(() => writeFile(gateway.configFile, before));
  if (configure)
    await gateway.configure(async (config) => {
      await configure(config, gateway);
      admit(config);
    });
}

const fault = (condition: Condition, version: string, isLive: boolean, admit: Configure): Fault => ({
  name: version === NEWEST ? `inside-${condition.name}` : `inside-${condition.name}-${version}`,
  how: `${condition.how} (${version})`,
  expected: {
    ...WELL,
    inside: gravestFirst([...condition.proves, ...(condition.provesToo ?? [])]),
    ...(condition.proves.includes('config-unapplied') && { restart: 'nothing' }),
  },
  ...(condition.mounts && { needs: ['mount'] }),
  ...(!isLive && { startsItself: true }),
  async play(stage) {
    if (!isLive) await bring(stage, condition, admit);
    await stage.paired();
    if (isLive) await changeLive(stage, condition, admit);
    await condition.act?.(stage.gateway);
  },
  insideLimitMs: 60_000 + (condition.after ?? 0),
});

const NEWEST = '2026.9.6';

/** What of these versions can be brought about, and is told by what may be asked of them; first what one gateway can share. */
function inside(version: string, admit: Configure = () => {}): Fault[] {
  const live = (condition: Condition): boolean => isLive(condition, version);
  const all = CONDITIONS.filter(({ since }) => since === undefined || isAtLeast(version, since))
    .filter(({ until }) => until === undefined || isAtLeast(until, version))
    .filter(({ proves, name }) => proves.length > 0 || name === 'healthy')
    // The configuration of these is not asked for: they send their secrets along.
    .filter(({ tells }) => version !== '2026.8.1' || !tells.includes('config.get'));
  return [...all.filter(live), ...all.filter((each) => !live(each))].map((condition) =>
    fault(condition, version, live(condition), admit),
  );
}

/** Stories that another version tells as well, and what it tells in its own way. */
const again = (version: string, names: readonly string[], its: Partial<Expected> = {}): Fault[] =>
  STORIES.filter(({ name }) => names.includes(name)).map((each) => ({
    ...each,
    name: `${each.name}-${version}`,
    how: `${each.how} (${version})`,
    expected: { ...each.expected, ...its },
  }));

/** The only way into versions that cannot match an extension’s origin; it is a finding of its own. */
const admitEverybody: Configure = (config) => {
  const listed = config.gateway.controlUi?.allowedOrigins ?? [];
  config.gateway.controlUi = { ...config.gateway.controlUi, allowedOrigins: [...new Set([...listed, '*'])] };
};

const withAnyOrigin = (each: Fault): Fault => {
  const codes = (each.expected.inside ?? '').split(' ').filter((code) => code !== '');
  // Of a file that it can't read a gateway tells nothing but that.
  if (codes.includes('config-invalid')) return each;
  return {
    ...each,
    expected: { ...each.expected, inside: gravestFirst([...new Set([...codes, 'origins-any'])]) },
  };
};

/** One that asks for the list of origins admits us by it. */
const admittedByAny = (version: string, stories: readonly Fault[] = []): Scene => ({
  name: `inside ${version}`,
  gateway: { version },
  configure: admitEverybody,
  faults: [...inside(version, admitEverybody), ...stories].map(withAnyOrigin),
});

export const INSIDE: readonly Scene[] = [
  { name: 'inside 2026.9.6', gateway: {}, faults: [...inside(NEWEST), ...STORIES] },
  {
    name: 'inside 2026.8.1',
    gateway: { version: '2026.8.1' },
    faults: [
      ...inside('2026.8.1'),
      ...again('2026.8.1', [
        'inside-busy-update',
        'inside-restarted',
        'inside-kept-running',
        'inside-second-gateway',
      ]),
    ],
  },
  // It does not count jobs by themselves.
  admittedByAny('2026.5.28', [
    ...again('2026.5.28', ['inside-busy-update'], { restart: 'runs tasks' }),
    ...again('2026.5.28', ['inside-proxy-untrusted']),
  ]),
  admittedByAny('2026.2.21'),
];

/** What a look inside finds, one real condition each; a gateway that is as it comes out of the box first. */
import { CONDITIONS, type Condition } from '../../harness/gateway/conditions.ts';
import type { InsideCode } from '../../src/inside/codes.ts';
import { insideRow } from '../../src/inside/codes.ts';
import { SEVERITIES } from '../../src/inside/types.ts';
import { bring, type Configure } from './bring.ts';
import { type Fault, type Scene, WELL } from './fault.ts';
import { STORIES } from './inside-stories.ts';

const isAtLeast = (version: string, other: string): boolean =>
  version.localeCompare(other, 'en', { numeric: true }) >= 0;

/** In the order in which they are told. */
const gravestFirst = (codes: readonly string[]): string =>
  [...codes].sort((one, other) => gravity(one) - gravity(other)).join(' ');
const gravity = (code: string): number => SEVERITIES.indexOf(insideRow(code as InsideCode).severity);

const fault = (condition: Condition, version: string, admit: Configure): Fault => ({
  name: version === NEWEST ? `inside-${condition.name}` : `inside-${condition.name}-${version}`,
  how: `${condition.how} (${version})`,
  expected: {
    ...WELL,
    inside: gravestFirst(condition.proves),
    ...(condition.proves.includes('config-unapplied') && { restart: 'nothing' }),
  },
  startsItself: true,
  async play(stage) {
    const gateway = await bring(stage, condition, admit);
    await stage.paired();
    await condition.act?.(gateway);
    await new Promise((done) => setTimeout(done, condition.after ?? 0));
  },
});

const NEWEST = '2026.9.6';

/** What of these versions can be brought about, and is told by what may be asked of them. */
const inside = (version: string, admit: Configure = () => {}): Fault[] =>
  CONDITIONS.filter(({ since }) => since === undefined || isAtLeast(version, since))
    .filter(({ until }) => until === undefined || isAtLeast(until, version))
    .filter(({ proves, name }) => proves.length > 0 || name === 'healthy')
    // The configuration of these is not asked for: they send their secrets along.
    .filter(({ tells }) => version !== '2026.8.1' || !tells.includes('config.get'))
    .map((condition) => fault(condition, version, admit));

/** The only way into versions that cannot match an extension’s origin; it is a finding of its own. */
const admitEverybody: Configure = (config) => {
  const listed = config.gateway.controlUi?.allowedOrigins ?? [];
  config.gateway.controlUi = { ...config.gateway.controlUi, allowedOrigins: [...new Set([...listed, '*'])] };
};

const withAnyOrigin = (each: Fault): Fault => {
  const codes = (each.expected.inside ?? '').split(' ').filter((code) => code !== '');
  return {
    ...each,
    expected: { ...each.expected, inside: gravestFirst([...new Set([...codes, 'origins-any'])]) },
  };
};

/** One that asks for the list of origins admits us by it. */
const admittedByAny = (version: string): Scene => ({
  name: `inside ${version}`,
  gateway: { version },
  configure: admitEverybody,
  faults: inside(version, admitEverybody).map(withAnyOrigin),
});

export const INSIDE: readonly Scene[] = [
  { name: 'inside 2026.9.6', gateway: {}, faults: [...inside(NEWEST), ...STORIES] },
  { name: 'inside 2026.8.1', gateway: { version: '2026.8.1' }, faults: inside('2026.8.1') },
  admittedByAny('2026.5.28'),
  admittedByAny('2026.2.21'),
];

/** What a look inside finds, one real condition each; a gateway that is as it comes out of the box first. */
import { readFile, writeFile } from 'node:fs/promises';
import { CONDITIONS, type Condition } from '../../harness/gateway/conditions.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { InsideCode } from '../../src/inside/codes.ts';
import { insideRow } from '../../src/inside/codes.ts';
import { SEVERITIES } from '../../src/inside/types.ts';
import { type Fault, type Scene, WELL } from './fault.ts';
import type { Stage } from './stage.ts';

const isAtLeast = (version: string, other: string): boolean =>
  version.localeCompare(other, 'en', { numeric: true }) >= 0;

/** In the order in which they are told. */
const gravestFirst = (codes: readonly string[]): string =>
  [...codes].sort((one, other) => gravity(one) - gravity(other)).join(' ');
const gravity = (code: string): number => SEVERITIES.indexOf(insideRow(code as InsideCode).severity);

/** Starts the gateway in that condition; what it changed is undone when the fault is over. */
async function bring(stage: Stage, condition: Condition, admit: (config: any) => void): Promise<Gateway> {
  const { gateway } = stage;
  const before = await readFile(gateway.configFile, 'utf8');
  await gateway.stop('SIGKILL');
  stage.atEnd(async () => {
    await gateway.stop('SIGKILL');
    await condition.undo?.(gateway);
    await writeFile(gateway.configFile, before);
  });
  await gateway.configure(async (config) => {
    await condition.configure?.(config, gateway);
    admit(config);
  });
  await gateway.start(condition.env?.(gateway));
  if (!condition.admitsAnybody) await gateway.ready({ limitMs: 180_000 });
  return gateway;
}

const fault = (condition: Condition, version: string, admit: (config: any) => void): Fault => ({
  name: version === NEWEST ? `inside-${condition.name}` : `inside-${condition.name}-${version}`,
  how: `${condition.how} (${version})`,
  expected: { ...WELL, inside: gravestFirst(condition.proves) },
  async play(stage) {
    const gateway = await bring(stage, condition, admit);
    await stage.paired();
    await condition.act?.(gateway);
    await new Promise((done) => setTimeout(done, condition.after ?? 0));
  },
});

const NEWEST = '2026.9.6';

/** What of these versions can be brought about, and is told by what may be asked of them. */
const inside = (version: string, admit: (config: any) => void = () => {}): Fault[] =>
  CONDITIONS.filter(({ since }) => since === undefined || isAtLeast(version, since))
    .filter(({ until }) => until === undefined || isAtLeast(until, version))
    .filter(({ proves, name }) => proves.length > 0 || name === 'healthy')
    // The configuration of these is not asked for: they send their secrets along.
    .filter(({ tells }) => version !== '2026.8.1' || !tells.includes('config.get'))
    .map((condition) => fault(condition, version, admit));

/** The only way into versions that cannot match an extension’s origin; it is a finding of its own. */
const admitEverybody = (config: Record<string, any>): void => {
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

export const INSIDE: readonly Scene[] = [
  { name: 'inside 2026.9.6', gateway: {}, faults: inside(NEWEST) },
  { name: 'inside 2026.8.1', gateway: { version: '2026.8.1' }, faults: inside('2026.8.1') },
  {
    name: 'inside 2026.5.28',
    gateway: { version: '2026.5.28' },
    configure: admitEverybody,
    faults: inside('2026.5.28', admitEverybody).map(withAnyOrigin),
  },
];

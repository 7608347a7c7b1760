/**
 * What the extension costs while all is well, beside OpenClaw's own extension at the same gateway and in the same
 * minutes; how that grows with the gateways; and how fast many of them are back.
 *
 *   npm run bench:cost -- --minutes 10 --gateways 10,50 --json result.json
 *
 * No debugger is attached while it is measured: workers idle as they do for users. Of several gateways one is real and
 * the others are stand-ins (`harness/servers/simulator/simulator.ts`). Exit code 1 if something that is wanted was missed.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createGateway } from '../../harness/gateway/openclaw.ts';
import { Ending } from '../../harness/process/ending.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { refuseAndReturn, stopAndReturn } from './coming-back.ts';
import { type CostResult, costTable, judge, type Measured, returnTable } from './cost-report.ts';
import { whyNotMeasurable } from './process-cost.ts';
import { officialSubject, ourSubject, type Subject } from './subjects.ts';

/** Milliseconds until an extension has opened whatever it opens when its browser starts. */
const OPENING_MS = 15_000;
/** Milliseconds until a browser is at rest: what a closed page leaves behind is collected for 110 s. */
const SETTLE_MS = 150_000;
/** A connection of this age counts as a good one for all sides. */
const LASTED_MS = 15_000;

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

const messagesOf = ({ counter, simulators }: Subject): number =>
  [...counter.messages.values()].reduce((sum, count) => sum + count, 0) +
  simulators.reduce((sum, { messages }) => sum + messages, 0);

function readArguments(): { ms: number; counts: number[]; json: string | undefined } {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      gateways: { type: 'string', default: '10,50' },
      json: { type: 'string' },
    },
  });
  const ms = Number(values.minutes) * 60_000;
  if (!(ms > 0)) throw new Error('--minutes takes a number, such as 10');
  const counts = values.gateways === '' ? [] : values.gateways.split(',').map(Number);
  if (counts.some((count) => !(Number.isInteger(count) && count > 1)))
    throw new Error('--gateways takes numbers from 2 on, such as 10,50');
  return { ms, counts, json: values.json };
}

/** Has all of them run for so long, side by side, and reads what that has cost each. */
async function measure(subjects: ReadonlyMap<string, Subject>, ms: number): Promise<Measured[]> {
  for (const { browser } of subjects.values()) await browser.start();
  await pause(OPENING_MS);
  for (const { browser } of subjects.values()) await browser.closePages();
  await pause(SETTLE_MS);
  const running: { name: string; subject: Subject; meter: { stop(): any }; before: number }[] = [];
  for (const [name, subject] of subjects) {
    running.push({
      name,
      subject,
      meter: subject.browser.meter(),
      before: messagesOf(subject),
    });
  }
  await pause(ms);
  const costs = running.map((each) => ({
    ...each,
    cost: each.meter.stop(),
    after: messagesOf(each.subject),
  }));
  const measured: Measured[] = [];
  for (const { name, subject, cost, before, after } of costs) {
    const belongings = await subject.browser.inspect();
    const gateways = 1 + subject.simulators.length;
    measured.push({ name, gateways, ...cost, messages: after - before, ...belongings });
  }
  return measured;
}

async function bench(ending: Ending): Promise<boolean> {
  const problem = whyNotMeasurable();
  if (problem) throw new Error(problem);
  const { ms, counts, json } = readArguments();
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  await gateway.start();
  await gateway.ready();
  const close = (subject: Subject): Subject => {
    ending.close(async () => {
      await subject.browser.close();
      await subject.counter.close();
    });
    return subject;
  };
  const official = close(await officialSubject(gateway));
  const one = close(await ourSubject(gateway, []));
  const reading = close(await ourSubject(gateway, [], true));
  console.log(`OpenClaw ${gateway.version}. Three browsers, ${ms / 60_000} min without a debugger.`);
  const [theirs, ours, monitoring] = await measure(
    new Map([
      ['official extension', official],
      ['this extension', one],
      ['the same, other clients monitored', reading],
    ]),
    ms,
  );
  if (!theirs || !ours || !monitoring) throw new Error('nothing was measured');
  console.log(`\n${costTable([theirs, ours, monitoring])}\n`);
  await Promise.all([official, one, reading].map(({ browser }) => browser.close()));

  const grown = new Map<string, Subject>();
  for (const count of counts) {
    const simulators = await Promise.all(Array.from({ length: count - 1 }, () => Simulator.start()));
    for (const each of simulators) ending.close(() => each.stop());
    grown.set(`this extension, ${count}`, close(await ourSubject(gateway, simulators)));
  }
  const more = counts.length === 0 ? [] : await measure(grown, ms);
  if (more.length > 0) console.log(`${costTable([ours, ...more])}\n`);

  const most = [...grown.values()].at(-1);
  const returns = [];
  if (most) {
    await pause(LASTED_MS);
    returns.push(await stopAndReturn(gateway, most.simulators));
    await pause(LASTED_MS);
    returns.push(await refuseAndReturn(most.simulators));
    console.log(`From taking clients to being connected again:\n\n${returnTable(returns)}\n`);
  }
  const result: CostResult = { official: theirs, ours: [ours, ...more], monitoring, returns };
  const verdicts = judge(result);
  for (const { wish, isMet } of verdicts) console.log(`${isMet ? 'met   ' : 'missed'}  ${wish}`);
  if (json) await writeFile(json, `${JSON.stringify({ openclaw: gateway.version, ...result }, null, 2)}\n`);
  return verdicts.every(({ isMet }) => isMet);
}

await new Ending().run(bench);

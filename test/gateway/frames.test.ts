/** Every refusal that a real gateway was seen to make gets the name that it deserves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Capture, Index } from '../../harness/gateway/capture-format.ts';
import { knownAs } from '../../scripts/capture/versions.ts';
import { CAUSES, type Cause, type CredentialKind, causeOf } from '../../src/gateway/causes.ts';
import { closeCodeOf, diagnose } from '../../src/gateway/diagnosis.ts';
import { type Frame, failureFromClose, parseFrame } from '../../src/gateway/protocol.ts';
import { type Answer, COARSER, ENDED, EXPECTED } from '../fixtures/frames/expected.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/frames');
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8'));

const versions = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const captures = versions.flatMap((version) =>
  readdirSync(join(FOLDER, version))
    .filter((file) => file !== 'index.json')
    .map((file): [string, Capture] => {
      const capture = read<Capture>(version, file);
      return [`${version} ${capture.situation}`, capture];
    }),
);

/** What the extension calls the credential that a capture sent. */
function credentialKind({ sent }: Capture): CredentialKind | null {
  if (!sent?.credential) return null;
  const { field, value } = sent.credential;
  if (field === 'bootstrapToken') return 'setup-code';
  return field === 'deviceToken' || value.endsWith('device token') ? 'device-token' : 'gateway-secret';
}

const framesOf = (capture: Capture): Frame[] =>
  capture.frames.map((frame) => parseFrame(JSON.stringify(frame)));

function answerOf(capture: Capture): Answer {
  for (const frame of framesOf(capture)) {
    if (frame.type === 'hello') return 'hello';
    if (frame.type === 'rejected') return diagnose(frame.failure, credentialKind(capture));
  }
  return 'silence';
}

/** A row of a table, by the situation's whole name or without its client. */
function rowOf<T>(table: Readonly<Record<string, T>>, situation: string): T | undefined {
  return table[situation] ?? table[situation.replace(/^(gateway-client|copilot)-/, '')];
}

const forVersion = <T>(row: { otherwise: T } & Readonly<Record<string, T>>, version: string): T => {
  const answer = row[knownAs(version)];
  return answer === undefined ? row.otherwise : answer;
};

function expectedOf({ situation, version }: Capture): Answer {
  const row = rowOf(EXPECTED, situation);
  if (row === undefined) throw new Error(`expected.ts has no row for ${situation}`);
  return typeof row === 'string' ? row : forVersion(row, version);
}

/** Whether a word stands for the secrets that a capture had. */
const PLACEHOLDER_SECRET = /placeholder-(device-token|gateway-secret|gateway-password|setup-code|recovery)/;

describe('the captured frames', () => {
  it('are of every era', () => {
    expect(versions.length).toBeGreaterThanOrEqual(9);
  });

  it.each(captures)('%s: every frame is understood', (_, capture) => {
    expect(framesOf(capture).map(({ type }) => type)).not.toContain('malformed');
  });

  it.each(captures)('[D8] %s: the first frame is the challenge', (_, capture) => {
    expect(framesOf(capture)[0]?.type).toBe('challenge');
  });

  it.each(captures)('%s: no secret is in what is read of them', (_, capture) => {
    expect(JSON.stringify(framesOf(capture))).not.toMatch(PLACEHOLDER_SECRET);
  });

  it.each(versions)('%s: the index lists them', (version) => {
    const index = read<Index>(version, 'index.json');
    const files = readdirSync(join(FOLDER, version)).filter((file) => file !== 'index.json');
    expect(index.situations.map((situation) => `${situation}.json`).sort()).toEqual(files.sort());
  });
});

describe('the error frame names the cause', () => {
  it.each(captures)('%s', (_, capture) => {
    expect(answerOf(capture)).toBe(expectedOf(capture));
  });
});

/** Closes that the diagnosis reads the words of ([D3]). */
const refusedByClose = captures.filter(([, { close, sent }]) => close?.code === 1008 && sent !== null);

describe('[D3] the close reason alone names the same cause, or a coarser one', () => {
  it.each(refusedByClose)('%s', (_, capture) => {
    const cause = expectedOf(capture) as Cause;
    const byClose = diagnose(failureFromClose(capture.close?.reason ?? ''), credentialKind(capture));
    expect([cause, ...(COARSER[cause] ?? [])]).toContain(byClose);
  });
});

describe('[D12] the close after a refusal has the code that we say it has', () => {
  const refused = captures.filter(
    ([, capture]) => capture.close !== null && framesOf(capture).some((frame) => frame.type === 'rejected'),
  );
  it.each(refused)('%s', (_, capture) => {
    const refusal = framesOf(capture).find((frame) => frame.type === 'rejected');
    expect(refusal && closeCodeOf(refusal.failure)).toBe(capture.close?.code);
  });
});

describe('a pairing request is named by its id', () => {
  const asking = captures.filter(([, capture]) =>
    capture.frames.some((frame) => JSON.stringify(frame).includes('"requestId"')),
  );
  it.each(asking)('%s', (_, capture) => {
    const refusal = framesOf(capture).find((frame) => frame.type === 'rejected');
    expect(refusal?.failure.pairing?.requestId).toBe('00000000-0000-4000-8000-000000000001');
  });
});

describe('a socket ends', () => {
  const ended = captures.filter(([, { situation }]) => rowOf(ENDED, situation));
  it.each(ended)('%s', (_, capture) => {
    const row = rowOf(ENDED, capture.situation);
    expect(capture.close?.code ?? null).toBe(row && forVersion(row, capture.version));
  });

  it('a stop and a restart differ in what is announced', () => {
    const shutdowns = captures.flatMap(([, capture]) =>
      framesOf(capture).flatMap((frame) =>
        frame.type === 'shutdown' ? [[capture.situation, frame.restartExpectedMs !== null]] : [],
      ),
    );
    expect(shutdowns.length).toBeGreaterThan(0);
    for (const [situation, isRestart] of shutdowns)
      expect([situation, isRestart]).toEqual([situation, situation !== 'stopped-while-connected']);
  });
});

it('the closes that the catalogue quotes are those of real gateways', () => {
  const invented = CAUSES.flatMap((cause) => {
    const { close } = causeOf(cause);
    if (close === undefined) return [];
    const [code, words] = [close.slice(0, 4), close.slice(5)];
    const isSeen = captures.some(
      ([, capture]) => String(capture.close?.code) === code && capture.close?.reason.includes(words),
    );
    return isSeen ? [] : [`${cause}: ${close}`];
  });
  expect(invented).toEqual([]);
});

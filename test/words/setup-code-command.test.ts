/** A gateway that is bound to loopback, which is the default, gives a setup code only with `--url`: whoever names the command says it. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import { type CliCommand, COMMANDS } from '../../src/remedy/commands.ts';
import { type Diagnosis, PLATFORMS } from '../../src/remedy/types.ts';
import { remediesFor } from '../../src/remedy/what-helps.ts';
import { problemSentence } from '../../src/words/problems.ts';
import { factsOf, VERSIONS } from '../fixtures/remedy-facts.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const ROOT = resolve(import.meta.dirname, '../..');

/** Each mention of the command, up to the end of its quote or line. */
const mentions = (text: string): string[] => text.match(/\bqr( --|[”»」`])[^\n”»」`]*/g) ?? [];
const lacks = (mention: string): boolean =>
  !/ --url (\$ADDRESS\$|\$?\{[\w.]+\}|<address>|"?wss?:)/.test(mention);

it.each(globSync('public/_locales/*/messages.json', { cwd: ROOT }))('%s', (file) => {
  const found = Object.values<{ message: string }>(
    JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')),
  ).flatMap(({ message }) => mentions(message.replaceAll('\n', ' ')));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(lacks)).toEqual([]);
});

it('what people read beside it', () => {
  const files = ['*.md', 'docs/*.md', 'store/**/*.{md,txt}', 'scripts/**/*.{ts,mjs}'].flatMap((pattern) =>
    globSync(pattern, { cwd: ROOT }),
  );
  const found = files.flatMap((file) =>
    mentions(readFileSync(resolve(ROOT, file), 'utf8'))
      // That it fails without is said, too.
      .filter((mention) => !mention.startsWith('qr`'))
      .map((mention) => `${file}: ${mention}`),
  );
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(lacks)).toEqual([]);
});

describe('commands', () => {
  it('of the catalogue', () => {
    const lines = Object.values<CliCommand>(COMMANDS)
      .filter(({ verb }) => verb === 'qr')
      .map(({ line }) => line);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(lacks)).toEqual([]);
  });

  it('with every diagnosis, system and version, at every address', () => {
    const addresses = [
      'ws://127.0.0.1:18789',
      'ws://[::1]:18789',
      'wss://gateway.example.com/base',
      'ws://a;b',
    ];
    const commands = (Object.keys(DIAGNOSES) as Diagnosis[]).flatMap((diagnosis) =>
      PLATFORMS.flatMap((platform) =>
        VERSIONS.flatMap((serverVersion) =>
          addresses.flatMap((address) =>
            remediesFor(diagnosis, factsOf({ platform, serverVersion, address })).flatMap(
              ({ command }) => command ?? [],
            ),
          ),
        ),
      ),
    );
    const found = commands.flatMap(mentions);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(lacks)).toEqual([]);
  });
});

it('a sentence names the gateway that is known, and nothing that a shell would read otherwise', () => {
  const said = (address: string | null) => problemSentence('join-link', address);
  expect(said(null)).toContain('--url ws://127.0.0.1:18789');
  expect(said('ws://192.168.1.20:18789')).toContain('--url ws://192.168.1.20:18789');
  expect(said('wss://gateway.example.com/$(id)')).toContain('--url ws://127.0.0.1:18789');
});

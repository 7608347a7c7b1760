/** What the stores are given keeps to their limits, and says no more and no less than the manifest. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PICTURES: Readonly<Record<string, readonly [width: number, height: number]>> = {
  ...Object.fromEntries(
    readdirSync(join(ROOT, 'store/images'))
      .filter((name) => name.startsWith('screenshot-'))
      .map((name) => [name, [1280, 800] as const]),
  ),
  'tile-440x280.png': [440, 280],
  'marquee-1400x560.png': [1400, 560],
  'logo-300x300.png': [300, 300],
};

describe('texts', () => {
  it.each(readdirSync(join(ROOT, 'public/_locales')))('%s: name and summary fit every store', (language) => {
    const messages = JSON.parse(read(`public/_locales/${language}/messages.json`));
    expect(messages.extension_name.message.length).toBeLessThanOrEqual(45);
    expect(messages.extension_description.message.length).toBeLessThanOrEqual(132);
  });

  it('the description is as long as Edge wants it and no longer than Chrome takes, and names the official one', () => {
    const description = read('store/description.txt');
    expect(description.length).toBeGreaterThanOrEqual(250);
    expect(description.length).toBeLessThanOrEqual(10_000);
    expect(description).toContain('not made or endorsed by OpenClaw');
    expect(description).toContain('kcdjddhmeafeomebliikmbpblkmkfoig');
  });

  it('every permission of the manifest has its reason in one sentence, and nothing else has', () => {
    const reasons: Record<string, string> = JSON.parse(read('store/permissions.json'));
    const { permissions, optional_permissions, optional_host_permissions } = manifest;
    expect(Object.keys(reasons).sort()).toEqual(
      [...permissions, ...optional_permissions, ...optional_host_permissions].sort(),
    );
    for (const reason of Object.values(reasons)) expect(reason).toMatch(/^[A-Z][^.]{20,200}\.$/);
  });

  it('links between the texts lead to files', () => {
    const broken = globSync('store/*.md', { cwd: ROOT }).flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, 'store', target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('the steps for reviewers name what the demo says', () => {
    const words = JSON.parse(read('public/_locales/en/messages.json'));
    const notes = read('store/REVIEW.md').replace(/\s+/g, ' ');
    for (const key of [
      'demo_open',
      'demo_mark',
      'state_reconnecting',
      'state_needs_you',
      'state_down',
      'connect',
      'check',
      'doctor',
      'history',
    ]) {
      expect(notes, key).toContain(`*${words[key].message}*`);
    }
  });
});

describe('pictures', () => {
  it('are the ones that the stores ask for', () => {
    expect(readdirSync(join(ROOT, 'store/images')).sort()).toEqual(Object.keys(PICTURES).sort());
    const screenshots = Object.keys(PICTURES).filter((name) => name.startsWith('screenshot-'));
    expect(screenshots.length).toBeGreaterThanOrEqual(1);
    expect(screenshots.length).toBeLessThanOrEqual(5);
  });

  it.each(Object.entries(PICTURES))('%s has its size, 24 bits and no alpha', (name, size) => {
    const png = readFileSync(join(ROOT, 'store/images', name));
    // Behind the signature stands the header: width, height, bits for each channel, kind of pixel (2: RGB).
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
    expect([png[24], png[25]]).toEqual([8, 2]);
  });
});

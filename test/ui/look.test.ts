import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import { SILHOUETTES } from '../../src/ui/silhouettes.ts';
import { iconPath } from '../../src/words/icon-set.ts';
import { CALM_ON_TOOLBAR, STATES, TONE_COLORS, TONES_ON_DARK } from '../../src/words/states.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BASE = readFileSync(resolve(ROOT, 'src/ui/base.css'), 'utf8');
const POPUP = readFileSync(resolve(ROOT, 'src/ui/tones.css'), 'utf8');

/** Of a colour token, in the light or the dark theme. */
function token(name: string, theme: 'light' | 'dark'): string {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(BASE) ?? [];
  return theme === 'light' ? light : dark;
}

function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const texts = ['ink', 'ink-soft', ...Object.keys(TONE_COLORS).map((tone) => `tone-${tone}`)];

  it.each(texts)('is readable: %s on paper and ground (WCAG 1.4.3)', (name) => {
    for (const ground of ['paper', 'ground']) {
      expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('shows where a field is (WCAG 1.4.11)', () => {
    expect(contrast(token('field-line', theme), token('paper', theme))).toBeGreaterThanOrEqual(3);
  });

  it('has readable primary buttons', () => {
    expect(contrast(token('on-accent', theme), token('accent', theme))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('a state', () => {
  it('has badge colours that carry white text', () => {
    for (const color of Object.values(TONE_COLORS))
      expect(contrast(color, '#FFFFFF')).toBeGreaterThanOrEqual(5.3);
  });

  it('that is calm stands out from a light toolbar and a dark one (WCAG 1.4.11)', () => {
    for (const toolbar of ['#FFFFFF', '#202124', '#3C3C3C'])
      expect(contrast(CALM_ON_TOOLBAR, toolbar)).toBeGreaterThanOrEqual(3);
  });

  it('stands out from a dark toolbar without an outline, in the tones of the dark pages', () => {
    for (const [tone, color] of Object.entries(TONES_ON_DARK)) {
      expect(color.toLowerCase()).toBe(token(`tone-${tone}`, 'dark'));
      for (const toolbar of ['#202124', '#3C3C3C']) {
        expect(contrast(color, toolbar), color).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has the same tone in the page as in the toolbar', () => {
    const rules = [
      ...POPUP.matchAll(/\n {2}((?:[^{}]*)\[data-shape[^{}]*)\{\s*--tone: var\(--tone-(\w+)\)/g),
    ];
    for (const code of STATUS_CODES) {
      const named = rules.filter(([, selector = '']) => selector.includes(`"${code}"]`));
      expect(named.map(([, , tone]) => tone).at(-1) ?? 'calm', code).toBe(STATES[code].tone);
    }
  });

  it('has a shape of its own, but for the pairs that the badge or the colour tells apart', () => {
    const shapes = new Set(STATUS_CODES.map((code) => JSON.stringify(SILHOUETTES[STATES[code].icon])));
    expect(shapes.size).toBe(STATUS_CODES.length - 2);
    expect(STATES.unknown.icon).toBe(STATES['not-set-up'].icon);
    expect(STATES.down.icon).toBe(STATES.offline.icon);
  });

  it('has its pictures in every set, all together under 64 KB', () => {
    const states = STATUS_CODES.flatMap((code) =>
      (['color', 'color-on-dark', 'on-light', 'on-dark'] as const).flatMap((set) => [
        iconPath(code, set, 16),
        iconPath(code, set, 32),
      ]),
    );
    const own = [16, 32, 48, 128].map((size) => `/icons/icon-${size}.png`);
    const sizes = [...states, ...own].map((path) => statSync(resolve(ROOT, `public${path}`)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(64 * 1024);
  });
});

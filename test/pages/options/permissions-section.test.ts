import { describe, expect, it, vi } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { MESSAGES } from '../../fakes/browser-api.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const { REQUIRED } = await import('../../../src/pages/options/permissions-section.tsx');

describe('the page of settings', () => {
  it('gives a reason for every permission that the manifest asks for, and for none besides', () => {
    expect(Object.keys(REQUIRED).sort()).toEqual([...manifest.permissions].sort());
    for (const key of Object.values(REQUIRED)) expect(MESSAGES[key]?.message).toMatch(/\.$/);
  });

  it('can offer every optional permission', () => {
    expect(manifest.optional_permissions).toEqual(['notifications', 'webRequest']);
  });
});

/** The manifest for Firefox: what differs, and that nothing else does. */
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { FIREFOX_ID, firefoxManifest } from '../../scripts/lib/firefox-manifest.mjs';

const firefox = firefoxManifest(manifest);

/** Keys that Firefox knows. Whoever adds one to `manifest.json` looks it up there. */
const KNOWN = [
  'manifest_version',
  'name',
  'description',
  'version',
  'default_locale',
  'icons',
  'action',
  'options_ui',
  'background',
  'permissions',
  'optional_permissions',
  'optional_host_permissions',
  'commands',
  'incognito',
  'content_security_policy',
  'browser_specific_settings',
];

describe('the manifest for Firefox', () => {
  it('has an event page of the same script, as a module', () => {
    const { service_worker, type } = manifest.background;
    expect(firefox.background).toEqual({ scripts: [service_worker], type });
  });

  it('has a fixed id, which says that it collects nothing', () => {
    expect(FIREFOX_ID).toMatch(/^[\w.-]+@[\w.-]+$/);
    expect(firefox.browser_specific_settings).toEqual({
      gecko: {
        id: FIREFOX_ID,
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    });
  });

  it('leaves ws:// alone, which the policy of Firefox would turn into wss://', () => {
    const policy: string = firefox.content_security_policy.extension_pages;
    expect(policy).toMatch(/connect-src [^;]*\bws: /);
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  it('asks for nothing more, and has nothing that Firefox does not know', () => {
    const { background: _, action: __, browser_specific_settings: ___, ...shared } = firefox;
    expect(manifest).toMatchObject(shared);
    expect(firefox.action).toEqual({ ...manifest.action, default_area: 'navbar' });
    expect(Object.keys(firefox).filter((name) => !KNOWN.includes(name))).toEqual([]);
    // `split` is Chromium's alone.
    expect(firefox.incognito).toBe('not_allowed');
  });

  it('leaves its argument as it was', () => {
    const before = structuredClone(manifest);
    firefoxManifest(manifest);
    expect(manifest).toEqual(before);
  });
});

/** What Firefox wants differently in the manifest. Every other file of the two builds is the same. */

/** For ever the same: under another id Firefox takes it for another add-on, without any of its pairings. */
export const FIREFOX_ID = 'relay-health-for-openclaw@unofficial';

/** What only Chromium knows. Firefox has no stable origin to pin, and no way in for web pages that one could close. */
const CHROMIUM_ONLY = ['key', 'minimum_chrome_version', 'externally_connectable'];

/**
 * The manifest for Firefox, from the one for Chromium. Pure.
 *
 * @param {Record<string, any>} manifest as in `manifest.json`, or as it was built
 * @returns {Record<string, any>}
 */
export function firefoxManifest(manifest) {
  const shared = Object.entries(manifest).filter(([name]) => !CHROMIUM_ONLY.includes(name));
  const { background, action } = manifest;
  return {
    ...Object.fromEntries(shared),
    // An event page, since Firefox has no service workers for add-ons.
    background: { scripts: [background.service_worker], type: background.type },
    // Else the icon is behind the puzzle piece, where nobody sees what it shows.
    action: { ...action, default_area: 'navbar' },
    browser_specific_settings: {
      gecko: {
        id: FIREFOX_ID,
        strict_min_version: '140.0',
        // It talks to the user's own gateway and to nobody else.
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}

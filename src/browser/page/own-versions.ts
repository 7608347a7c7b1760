/** Who we are and where we run, as far as a report needs it. */
import browser from '../api.ts';

interface Brands {
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
  readonly platform: string;
}

/** Family, major version and system: `Chromium 156, Linux`. Nothing finer, which would tell users apart. */
function browserFamily(): string {
  const { userAgentData } = navigator as { userAgentData?: Brands };
  // One of the brands is made up, so that nobody relies on the list; the browser's own name is the longest.
  const brands = (userAgentData?.brands ?? []).filter(({ brand }) => !/not.?a.?brand|not[^a-z]/i.test(brand));
  const own = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0];
  if (userAgentData && own) return `${own.brand} ${own.version}, ${userAgentData.platform}`;
  return /Firefox\/\d+/.exec(navigator.userAgent)?.[0].replace('/', ' ') ?? 'unknown';
}

export const extensionVersions = () => ({
  extension: browser.runtime.getManifest().version,
  browser: browserFamily(),
});

/** What helps with what stands on the way, beside commands: its page in a tab, and lines for its configuration. */
import { useId, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { RemedyId } from '../remedy/ways.ts';
import { PRODUCTS, type Product } from '../road/evidence.ts';
import { LINES, type LinesId } from '../road/proxies.ts';
import { pageOf } from '../words/shown-address.ts';
import { useCopy } from './copy.ts';
import { WatchedLink } from './watched-link.tsx';

const LINES_OF: Partial<Record<RemedyId, LinesId>> = {
  'pass-websockets': 'forward',
  'forward-client-address': 'forward',
  'keep-origin': 'forward',
  'check-upstream': 'forward',
  'exempt-upgrades': 'exempt',
};

const NAMES: Readonly<Record<Product, string>> = {
  nginx: 'nginx',
  caddy: 'Caddy',
  apache: 'Apache',
  haproxy: 'HAProxy',
  traefik: 'Traefik',
  tailscale: 'Tailscale Serve',
  cloudflare: 'cloudflared',
  envoy: 'Envoy',
};

/** Beneath one remedy; nothing for most. `product`: what was seen to stand there. */
export function RoadHelp({
  remedy,
  address,
  gatewayId,
  product = null,
}: {
  remedy: RemedyId;
  address: string;
  gatewayId: string | null;
  product?: Product | null;
}) {
  if (remedy === 'open-page') {
    const href = pageOf(address);
    if (href === null || gatewayId === null) return null;
    const command = { type: 'open-way', gatewayId } as const;
    return (
      <div class="actions">
        <WatchedLink href={href} command={command} label={t('road_open_page')} testId="open-page" />
        <p class="soft small">{t('road_open_page_hint')}</p>
      </div>
    );
  }
  const lines = LINES_OF[remedy];
  return lines === undefined ? null : <ProxyLines id={lines} product={product} />;
}

function ProxyLines({ id, product }: { id: LinesId; product: Product | null }) {
  const field = useId();
  const all = LINES[id];
  const [chosen, choose] = useState<Product>(product !== null && all[product] ? product : 'nginx');
  const shown = all[chosen];
  const [result, copy] = useCopy(shown?.text ?? '', () => {});
  return (
    <div class="proxy-lines">
      <div class="platform small">
        <label class="soft" for={field}>
          {t('road_product')}
        </label>
        <select
          id={field}
          data-testid="proxy-product"
          value={chosen}
          onChange={({ currentTarget }) => choose(currentTarget.value as Product)}
        >
          {PRODUCTS.filter((each) => all[each]).map((each) => (
            <option key={each} value={each}>
              {NAMES[each]}
            </option>
          ))}
        </select>
      </div>
      {shown && (
        <>
          <div class="command long">
            <code class="lines-of-proxy" data-testid="proxy-lines">
              {shown.text}
            </code>
            <button type="button" onClick={copy}>
              {t(result ?? 'copy')}
            </button>
          </div>
          {!shown.isTried && <p class="soft small">{t('road_untried')}</p>}
        </>
      )}
    </div>
  );
}

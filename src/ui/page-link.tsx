import { type MessageKey, t } from '../browser/i18n.ts';

const PAGES = { doctor: 'doctor', history: 'history', others: 'others' } as const satisfies Record<
  string,
  MessageKey
>;

/**
 * Opens a page about one gateway, in a tab. The path is from the extension's root, so it is right in every page.
 *
 * @param label the page's name if absent: that is the page's one lasting link, and the one that tests click
 */
export const PageLink = ({
  page,
  gatewayId,
  label,
}: {
  page: keyof typeof PAGES;
  gatewayId: string;
  label?: 'open_doctor' | 'finding_see_diagnostics' | 'others' | 'others_open';
}) => (
  <a
    class="link"
    data-testid={label === undefined || page === 'others' ? `open-${page}` : undefined}
    href={`/src/pages/${page}/index.html?gateway=${encodeURIComponent(gatewayId)}`}
    target="_blank"
    rel="noopener"
  >
    {t(label ?? PAGES[page])}
  </a>
);

import browser from '../browser/api.ts';
import { send } from '../browser/page/worker-link.ts';
import type { Command } from '../messages.ts';

/**
 * A page of a gateway's, which the worker opens in a tab that it keeps an eye on ([R23], [R25]). Other ways to follow the
 * link stay as they are.
 */
export function WatchedLink({
  href,
  command,
  label,
  testId,
}: {
  href: string;
  command: Command & { type: 'open-dashboard' | 'open-way' };
  label: string;
  testId: string;
}) {
  async function open(event: MouseEvent): Promise<void> {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const reply = await send(command);
    if (!reply.ok) await browser.tabs.create({ url: href });
  }
  return (
    <a
      class="button"
      data-testid={testId}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onClick={open}
    >
      {label}
    </a>
  );
}

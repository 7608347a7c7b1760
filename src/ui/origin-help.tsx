import { t } from '../browser/i18n.ts';
import type { Platform } from '../remedy/types.ts';
import { anyOriginCommand } from '../remedy/what-helps.ts';
import { CommandLine } from './command-line.tsx';

/**
 * For gateways that cannot admit a single extension, whatever is listed: which they are, where to go, and what the
 * way around costs, in that order. We cannot tell from here whether this gateway is one of them.
 */
export function OriginHelp({ platform, isOpen }: { platform: Platform; isOpen: boolean }) {
  return (
    <details class="more-help" open={isOpen}>
      <summary>{t('origin_help_title')}</summary>
      <p>{t('origin_help_update')}</p>
      <p class="caution">{t('origin_help_risk')}</p>
      <CommandLine text={anyOriginCommand(platform)} testId="workaround-command" />
    </details>
  );
}

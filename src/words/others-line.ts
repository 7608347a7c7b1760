/** "2 other clients connected · Command line box: Device token mismatch · 1 more" */
import { language, t } from '../browser/i18n.ts';
import type { OthersLine } from '../others/standing.ts';
import { titleOfCode } from './explained.ts';
import { clientTitle } from './others.ts';
import { inARow } from './row.ts';

export function othersLineWords({ connected, refused, more }: OthersLine): string {
  const isOne = connected !== null && new Intl.PluralRules(language()).select(connected) === 'one';
  const parts = [
    connected === null
      ? null
      : connected === 0
        ? t('others_line_none')
        : isOne
          ? t('others_line_one')
          : t('others_line_several', connected),
    refused && t('others_line_refused', clientTitle(refused), titleOfCode(refused.code)),
    more > 0 ? t('others_line_more', more) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('others_not_connected') : inARow(parts);
}

/** The sentences of a look inside a gateway. */
import { messageOf, t } from '../../browser/i18n.ts';
import { type InsideCode, insideRow } from '../../inside/codes.ts';
import type { AreaResult, InsideFinding } from '../../inside/findings.ts';
import type { Area } from '../../inside/types.ts';
import { onOneLine } from '../../one-line.ts';
import { snake } from '../../words/faults.ts';
import { figureWords } from '../../words/time.ts';

export const areaName = (area: Area): string => t(`inside_area_${area}`);

/** What was found, in one sentence. */
export const findingWords = ({ code, figures }: InsideFinding): string =>
  messageOf(`inside_${snake(code)}`, ...figures.map((each) => onOneLine(figureWords(each)))) ?? code;

/** Why it matters. */
export const whyWords = (code: InsideCode): string => t(`inside_why_${snake(insideRow(code).why)}`);

/** What a row came to where nothing was found. */
export function resultWords({ area, result }: AreaResult, mayAskConfig: boolean): string {
  switch (result) {
    case 'note':
    case 'warn':
      return '';
    case 'pass':
      return t('inside_pass');
    case 'untold':
      return t('inside_untold');
    case 'unread':
      return t('inside_unread');
    case 'unasked':
      if (area !== 'config' && area !== 'access') return t('inside_untold');
      return t(mayAskConfig ? 'inside_unasked' : 'inside_unsafe');
    default:
      return result satisfies never;
  }
}

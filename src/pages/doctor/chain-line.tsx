import { t } from '../../browser/i18n.ts';
import { type ChainLink, chain } from '../../doctor/chain.ts';
import type { Outcome } from '../../doctor/types.ts';
import { ResultIcon } from './result-icon.tsx';
import { nameOfCheck, sentenceOf } from './words.ts';

/** From this browser to the relay: how far the run came, in one line. */
export const ChainLine = ({ outcomes }: { outcomes: readonly Outcome[] }) => (
  <ol class="chain" data-testid="chain">
    {chain(outcomes).map((link, index, links) => (
      <li key={link.place} data-place={link.place} data-result={link.result}>
        <ResultIcon result={link.result} />
        <strong>{t(`doctor_group_${link.place}`)}</strong>
        <span class="small">
          <span class="visually-hidden">{t(`check_${link.result}`)}. </span>
          {wordsOf(
            link,
            links.slice(0, index).some(({ result }) => result === 'fail'),
          )}
        </span>
      </li>
    ))}
  </ol>
);

/** `isBehind`: the run ended before it. */
function wordsOf({ result, telling, passed }: ChainLink, isBehind: boolean): string {
  if (telling === null && result !== 'skip') return t('chain_passed', passed);
  if (telling === null) return t(isBehind ? 'chain_not_reached' : 'chain_not_checked');
  const sentence = sentenceOf(telling);
  return sentence === '' ? nameOfCheck(telling.id) : sentence;
}

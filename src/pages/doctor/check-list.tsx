import { t } from '../../browser/i18n.ts';
import { requestRoadAccess } from '../../browser/permissions.ts';
import { CHAIN_PLACES, stepsOf } from '../../doctor/chain.ts';
import type { CheckId, Outcome } from '../../doctor/types.ts';
import { span } from '../../words/time.ts';
import { ResultIcon } from './result-icon.tsx';
import { nameOfCheck, sentenceOf } from './words.ts';

/** The step beside whose result the permission is asked for: one button is enough. */
const ASKS_AT: readonly CheckId[] = ['NET-HTTP', 'RL-ATTACHED'];

interface Props {
  outcomes: readonly Outcome[];
  address: string | null;
  onAllowed: () => void;
}

/** Every step in its group, in the order of their dependencies. */
export function CheckList({ outcomes, address, onAllowed }: Props) {
  const asking = ASKS_AT.find((id) =>
    outcomes.some((outcome) => outcome.id === id && outcome.because === 'needs-permission'),
  );
  async function allow(): Promise<void> {
    if (address !== null && (await requestRoadAccess(address))) onAllowed();
  }
  return (
    <>
      {CHAIN_PLACES.map((place) => (
        <section key={place} class="checks">
          <h3>{t(`doctor_group_${place}`)}</h3>
          <ul>
            {stepsOf(place, outcomes).map((outcome, index, group) => (
              <Check
                key={outcome.id}
                outcome={outcome}
                isRepeated={outcome.result === 'skip' && group[index - 1]?.because === outcome.because}
                onAllow={outcome.id === asking ? allow : null}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface CheckProps {
  outcome: Outcome;
  /** Skipped for the same reason as the one above, which an eye need not read again. */
  isRepeated: boolean;
  onAllow: (() => void) | null;
}

function Check({ outcome, isRepeated, onAllow }: CheckProps) {
  const { id, result, because, tookMs } = outcome;
  return (
    <li data-check={id} data-result={result} data-because={because ?? undefined}>
      <ResultIcon result={result} />
      <p>
        <strong>{nameOfCheck(id)}</strong>
        <span class="visually-hidden">, {t(`check_${result}`)}.</span>{' '}
        <bdi class={isRepeated ? 'visually-hidden' : undefined}>{sentenceOf(outcome)}</bdi>
        {onAllow && (
          <button type="button" class="quiet allow" onClick={onAllow}>
            {t('check_allow')}
          </button>
        )}
      </p>
      <p class="aside">
        <span aria-hidden="true">{t(`check_${result}`)}</span>
        <span class="took">{tookMs !== null && span(tookMs)}</span>
        <code>{id}</code>
      </p>
    </li>
  );
}

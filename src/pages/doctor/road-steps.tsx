import { t } from '../../browser/i18n.ts';
import type { RoadLook } from '../../doctor/types.ts';
import { type WalkedStep, walkRoad } from '../../road/steps.ts';
import { ResultIcon } from './result-icon.tsx';

const RESULT_OF = { proved: 'pass', failed: 'fail', unseen: 'warn', 'not-reached': 'skip' } as const;
const WORD_OF = {
  proved: 'doctor_path_yes',
  failed: 'doctor_path_no',
  unseen: 'road_step_unseen',
  'not-reached': 'doctor_path_not_reached',
} as const;

/** The way to the gateway, as far as a page sees it. */
export function RoadSteps({ road: { evidence, finding } }: { road: RoadLook }) {
  return (
    <section>
      <h3>{t('road_steps')}</h3>
      <ol class="path" data-testid="road">
        {walkRoad(evidence, finding).map((walked) => (
          <Step key={walked.step} walked={walked} />
        ))}
      </ol>
    </section>
  );
}

const Step = ({ walked: { step, result } }: { walked: WalkedStep }) => (
  <li data-step={step} data-result={RESULT_OF[result]}>
    <ResultIcon result={RESULT_OF[result]} />
    <p>
      {t(`road_step_${step}`)} <span class="answer">{t(WORD_OF[result])}</span>
    </p>
  </li>
);

import { t } from '../../browser/i18n.ts';
import type { RoadLook } from '../../doctor/types.ts';
import { walkRoad } from '../../road/steps.ts';
import { StepList } from './step-list.tsx';

const RESULT_OF = { proved: 'pass', failed: 'fail', unseen: 'warn', 'not-reached': 'skip' } as const;
const WORD_OF = {
  proved: 'doctor_path_yes',
  failed: 'doctor_path_no',
  unseen: 'road_step_unseen',
  'not-reached': 'doctor_path_not_reached',
} as const;

/** The way to the gateway, as far as a page sees it. */
export const RoadSteps = ({ road: { evidence, finding } }: { road: RoadLook }) => (
  <StepList
    title={t('road_steps')}
    testId="road"
    steps={walkRoad(evidence, finding).map(({ step, result }) => ({
      id: step,
      text: t(`road_step_${step}`),
      result: RESULT_OF[result],
      word: t(WORD_OF[result]),
    }))}
  />
);

import { t } from '../../browser/i18n.ts';
import type { StatusCode } from '../../gateway/status.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { stateWord } from '../../words/explanation.ts';
import { DEMO_CODES } from './states.ts';

/** The pages of the demo, by the path of the real page that each stands for. */
export const DEMO_PAGES = {
  popup: { file: 'index.html', key: 'demo_popup' },
  doctor: { file: 'doctor.html', key: 'doctor' },
  history: { file: 'history.html', key: 'history' },
} as const;
export type DemoPage = keyof typeof DEMO_PAGES;

export const addressOf = (page: DemoPage, code: StatusCode): string =>
  `${DEMO_PAGES[page].file}?state=${code}`;

/** What stands over every page of the demo: that it is one, and the choice of a state. */
export const DemoFrame = ({
  page,
  code,
  onChoose,
}: {
  page: DemoPage;
  code: StatusCode;
  onChoose: (code: StatusCode) => void;
}) => (
  <>
    <p class="demo-mark" role="note">
      <strong>{t('demo_mark')}</strong>
    </p>
    <div class="demo-choice">
      <p class="soft small">{t('demo_how')}</p>
      <nav aria-label={t('demo_pages')}>
        {(Object.keys(DEMO_PAGES) as DemoPage[]).map((each) => (
          <a key={each} href={addressOf(each, code)} aria-current={each === page ? 'page' : undefined}>
            {t(DEMO_PAGES[each].key)}
          </a>
        ))}
      </nav>
      <fieldset>
        <legend class="visually-hidden">{t('demo_states')}</legend>
        {DEMO_CODES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === code}
            data-testid={`demo-${each}`}
            onClick={() => onChoose(each)}
          >
            <SilhouetteIcon code={each} />
            {stateWord({ code: each, cause: null })}
          </button>
        ))}
      </fieldset>
    </div>
  </>
);

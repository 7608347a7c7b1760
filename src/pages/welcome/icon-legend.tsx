import { t } from '../../browser/i18n.ts';
import type { StatusCode } from '../../gateway/status.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { stateWord } from '../../words/explanation.ts';

/** Every shape once; of states that share one, the one that is met first. */
const SHAPES: readonly StatusCode[] = [
  'healthy',
  'healed',
  'reconnecting',
  'starting',
  'down',
  'relay',
  'limited',
  'approval',
  'needs-you',
  'paused',
  'not-set-up',
];

/** The icon's silhouettes with their words. */
export const IconLegend = () => (
  <section class="legend">
    <h3>{t('greeting_icon')}</h3>
    <p class="soft small">{t('greeting_icon_hint')}</p>
    <ul>
      {SHAPES.map((code) => (
        <li key={code}>
          <SilhouetteIcon code={code} />
          {stateWord({ code, cause: null })}
        </li>
      ))}
    </ul>
  </section>
);

import { t } from '../../browser/i18n.ts';
import { type Story, storiesOf } from '../../others/standing.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { useOthers } from '../../ui/use-others.ts';
import { titleOfCode } from '../../words/explained.ts';
import { number } from '../../words/figures.ts';
import { clientTitle, storyWords } from '../../words/others.ts';
import { clockTime } from '../../words/time.ts';

interface Props {
  gatewayId: string;
  /** Milliseconds since the epoch: the stretch that is shown. */
  from: number;
  to: number;
  now: number;
}

/** Other clients that were rejected within the stretch that is shown; nothing where the user does not let us read of them. */
export function OthersList({ gatewayId, from, to, now }: Props) {
  const others = useOthers(gatewayId);
  const stories = others
    ? storiesOf(others, now).filter(({ firstAt, lastAt }) => firstAt < to && lastAt >= from)
    : [];
  if (stories.length === 0) return null;
  return (
    <section class="panel" data-testid="others">
      <h2>
        {t('others')} <span class="soft count">{number(stories.length)}</span>
      </h2>
      <ol class="incidents">
        {stories.map((story) => (
          <Row key={story.key} story={story} now={now} />
        ))}
      </ol>
      <PageLink page="others" gatewayId={gatewayId} label="others_open" />
    </section>
  );
}

function Row({ story, now }: { story: Story; now: number }) {
  const { client, code, standing, lastAt } = story;
  return (
    <li
      data-client={client.kind}
      data-cause={code}
      data-standing={standing}
      data-tone={standing === 'refused' ? 'attention' : 'calm'}
    >
      <span class="dot" aria-hidden="true" />
      <p class="when">
        <time dateTime={new Date(lastAt).toISOString()}>{clockTime(lastAt, now)}</time>
      </p>
      <div>
        <p>
          <strong>
            <bdi>{clientTitle(client)}</bdi>
          </strong>{' '}
          {titleOfCode(code)}
        </p>
        <p class="soft small">{storyWords(story, now)}</p>
      </div>
    </li>
  );
}

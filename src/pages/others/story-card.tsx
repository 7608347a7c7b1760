import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { curesFor, takesApproval } from '../../explain/cures.ts';
import { isOtherCode } from '../../explain/types.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { cardOf, culpritOf, isNearLockOut, type Story, statementOf } from '../../others/standing.ts';
import { CureLine, Dashboard } from '../../ui/explained-text.tsx';
import { Remedies } from '../../ui/remedies.tsx';
import { titleOfCode } from '../../words/explained.ts';
import { clientFacts, clientTitle, culpritWords, storyWords } from '../../words/others.ts';
import { inARow } from '../../words/row.ts';

interface Props {
  story: Story;
  /** Those of the same gateway: one of them may be the reason of a lock-out. */
  all: readonly Story[];
  status: GatewayStatus;
  now: number;
}

/** One client that was refused: who, why, how often, and what helps it. */
export function StoryCard({ story, all, status, now }: Props) {
  const { client, code, standing, words, requestId } = story;
  const title = titleOfCode(code);
  const id = cardOf(story);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // The card that a notification leads to was not there when the browser looked for it.
    if (location.hash === `#${id}`) card.current?.focus();
  }, [id]);
  return (
    <section
      id={id}
      ref={card}
      tabIndex={-1}
      class="explained"
      aria-label={`${clientTitle(client)}: ${title}`}
      data-testid="other-client"
      data-client={client.kind}
      data-cause={code}
      data-standing={standing}
    >
      <div>
        <span class="lead">
          <bdi>{clientTitle(client)}</bdi>
        </span>
        <p>{title}</p>
      </div>
      <p class="soft small">
        <bdi>{inARow(clientFacts(client))}</bdi>
      </p>
      <p class="small">{storyWords(story, now)}</p>
      {isNearLockOut(story, now) && (
        <p class="small" data-testid="near-limit">
          {t('others_near_limit')}
        </p>
      )}
      {code === 'rate-limited' && <Culprit story={story} all={all} now={now} />}
      {(standing === 'refused' || standing === 'quiet') && <Cure story={story} status={status} />}
      <code class="soft small">{[words, requestId].filter(Boolean).join(' · ')}</code>
    </section>
  );
}

function Culprit({ story, all, now }: Pick<Props, 'story' | 'all' | 'now'>) {
  const culprit = culpritOf(all, story);
  return (
    culprit && (
      <p data-testid="culprit">
        <bdi>{culpritWords(culprit, now)}</bdi>
      </p>
    )
  );
}

/** [O9] Approval is offered while there is a request, and nowhere else. */
function Cure({ story, status }: Pick<Props, 'story' | 'status'>) {
  const { code, requestId } = story;
  const { address, reach, serverVersion } = status;
  if (takesApproval(code) && requestId === null) return <p>{t('others_request_expired')}</p>;
  const facts = { address, reach, serverVersion, requestId };
  const cures = curesFor(statementOf(story, address));
  return (
    <>
      {cures.map((cure) => (
        <CureLine key={cure.id} cure={cure} facts={facts} place={null} />
      ))}
      {takesApproval(code) && (
        <>
          <Dashboard address={address} />
          <p class="soft small">{t('others_name_hint')}</p>
        </>
      )}
      {cures.length === 0 && !isOtherCode(code) && (
        <Remedies diagnosis={code} gatewayId={null} facts={facts} layout="page" />
      )}
    </>
  );
}

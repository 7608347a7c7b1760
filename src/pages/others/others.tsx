import { t } from '../../browser/i18n.ts';
import { type GatewayStatus, isConnected } from '../../gateway-status.ts';
import type { Snapshot } from '../../messages.ts';
import { type Present, presentNow, type Story, storiesOf } from '../../others/standing.ts';
import type { Others } from '../../others/state.ts';
import { useAnnouncement } from '../../ui/announce.ts';
import { Fold } from '../../ui/fold.tsx';
import { GatewayChooser } from '../../ui/gateway-chooser.tsx';
import { lazy } from '../../ui/lazy.tsx';
import { OptionsLink } from '../../ui/options-link.tsx';
import { OthersConsent } from '../../ui/others-consent.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { useChosenGateway } from '../../ui/use-chosen-gateway.ts';
import { useNow } from '../../ui/use-now.ts';
import { useOthers } from '../../ui/use-others.ts';
import { VisitorList } from './visitor-list.tsx';

/** The whole page. It follows what the worker writes down while it is open. */
export function OthersPage({ snapshot }: { snapshot: Snapshot }) {
  const now = useNow();
  const { statuses, status, name, choose } = useChosenGateway(snapshot, now, 'others');
  const { storageProblem } = snapshot;
  const others = useOthers(status?.gatewayId ?? null);
  return (
    <>
      <header>
        <div class="title">
          <h1>{t('others')}</h1>
          <p class="soft">
            <bdi>{name}</bdi>
          </p>
        </div>
        <GatewayChooser statuses={statuses} shown={status} onChoose={choose} />
        {status !== null && (
          <>
            <PageLink page="doctor" gatewayId={status.gatewayId} />
            <PageLink page="history" gatewayId={status.gatewayId} />
          </>
        )}
        <OptionsLink />
      </header>
      <main>
        {status === null ? (
          <section class="panel" data-testid="notice">
            <h2>{t(storageProblem === null ? 'history_none_title' : 'storage_title')}</h2>
            <p>
              {storageProblem === null ? (
                <a href="/src/popup/index.html">{t('doctor_none_pair')}</a>
              ) : (
                t(`storage_${storageProblem}`)
              )}
            </p>
          </section>
        ) : (
          <>
            {others && <Known key={status.gatewayId} status={status} others={others} now={now} />}
            <section class="panel">
              {others ? (
                <Fold label={t('others_turn_off')} testId="others-end">
                  <OthersConsent gatewayId={status.gatewayId} />
                </Fold>
              ) : (
                <OthersConsent gatewayId={status.gatewayId} />
              )}
            </section>
          </>
        )}
      </main>
    </>
  );
}

interface Props {
  status: GatewayStatus;
  others: Others;
  now: number;
}

function Known({ status, others, now }: Props) {
  const stories = storiesOf(others, now);
  const going = stories.filter(({ standing }) => standing === 'refused');
  const over = stories.filter(({ standing }) => standing !== 'refused');
  const present = presentNow(others, status);
  useAnnouncement(going.map(({ key }) => key).join(), `${t('others_refused')}: ${going.length}`);
  return (
    <>
      <section class="panel" data-testid="refused" data-count={going.length}>
        <h2>{t('others_refused')}</h2>
        {going.length === 0 && <p class="soft">{nothingRefused(status, others)}</p>}
        <Stories list={going} all={stories} status={status} now={now} />
      </section>
      <section class="panel" data-testid="here" data-count={present?.here.length}>
        <h2>{t('others_here')}</h2>
        {present === null ? (
          <p class="soft">{t('others_not_connected')}</p>
        ) : present.here.length === 0 ? (
          <p class="soft">{t('others_none_here')}</p>
        ) : (
          <VisitorList list={present.here} serverVersion={status.serverVersion} now={now} />
        )}
        <Left list={present?.left ?? []} now={now} />
      </section>
      {over.length > 0 && (
        <Fold label={t('others_earlier')} aside={<span>{over.length}</span>} testId="earlier" isPanel>
          <Stories list={over} all={stories} status={status} now={now} />
        </Fold>
      )}
    </>
  );
}

/** What it means that nobody is there: that nobody was refused, or that it cannot be told. */
function nothingRefused(status: GatewayStatus, { blind }: Others): string {
  if (!isConnected(status)) return t('others_not_connected');
  if (blind === 'refused') return t('others_blind_refused');
  return t(blind === 'no-log' ? 'others_blind_no_log' : 'others_none_refused');
}

const Left = ({ list, now }: { list: readonly Present[]; now: number }) =>
  list.length > 0 && (
    <Fold label={t('others_left')} aside={<span>{list.length}</span>} testId="left">
      <VisitorList list={list} serverVersion={null} now={now} />
    </Fold>
  );

/** It knows every remedy. */
const LazyStoryCard = lazy(() => import('./story-card.tsx').then(({ StoryCard }) => StoryCard));

interface StoriesProps {
  list: readonly Story[];
  all: readonly Story[];
  status: GatewayStatus;
  now: number;
}

const Stories = ({ list, all, status, now }: StoriesProps) => (
  <div class="clients">
    {list.map((story) => (
      <LazyStoryCard key={story.key} story={story} all={all} status={status} now={now} />
    ))}
  </div>
);

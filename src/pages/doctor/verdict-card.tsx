import { t } from '../../browser/i18n.ts';
import { ownOrigin } from '../../browser/page/own-origin.ts';
import type { Answered } from '../../doctor/answered.ts';
import { preflight } from '../../doctor/preflight.ts';
import { isVague } from '../../doctor/road.ts';
import { type Fault, type Outcome, OWN_FAULTS, type OwnFault, type Verdict } from '../../doctor/types.ts';
import { FINDINGS } from '../../gateway/finding.ts';
import type { StatusCode } from '../../gateway/status.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { isConnected } from '../../gateway-status.ts';
import { onOneLine } from '../../one-line.ts';
import { takesRelayKey } from '../../relay/causes.ts';
import { remediesFor } from '../../remedy/what-helps.ts';
import type { Product } from '../../road/evidence.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { LockOutEnd } from '../../ui/lock-out-end.tsx';
import { reasonOf } from '../../ui/preflight-line.tsx';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { explanationOf, takesCredential } from '../../words/explanation.ts';
import { partOf, titleOf } from '../../words/faults.ts';
import { sentences } from '../../words/row.ts';
import { figureWords } from '../../words/time.ts';
import { ChainLine } from './chain-line.tsx';
import type { Help } from './help.ts';
import { QuestionList } from './question-list.tsx';
import { ResultIcon } from './result-icon.tsx';
import { RoadAccess } from './road-access.tsx';

interface Props {
  status: GatewayStatus | null;
  /** What commands are written for; `null` until the first run is over. */
  helped: Help | null;
  /** `null`: the first run is not over. */
  verdict: Verdict | null;
  outcomes: readonly Outcome[];
  /** What the gateway itself answered of the questions. */
  known: Answered;
  now: number;
  /** What is found inside the gateway is more than worth knowing: the line below says so. */
  isWarned: boolean;
  /** What was seen to stand before the gateway. */
  product: Product | null;
  /** More may be read than before. */
  onAllowed: () => void;
}

/** The page's first and largest word: what is wrong, where, what it means, and what helps. */
export function VerdictCard({
  status,
  helped,
  verdict,
  outcomes,
  known,
  now,
  isWarned,
  product,
  onAllowed,
}: Props) {
  const diagnosis = verdict?.diagnosis ?? null;
  const location = verdict?.location ?? null;
  const words = verdictWords(status, verdict, now, isWarned);
  const lockedUntil = status?.code === 'limited' ? status.nextTryAt : null;
  const treated = diagnosis === null || isOwn(diagnosis) || status === null ? null : { diagnosis, status };
  const facts = treated && { ...treated.status, relayAddress: treated.status.relay.address };
  const [first] =
    treated && facts && helped
      ? remediesFor(treated.diagnosis, {
          ...facts,
          platform: helped.platform,
          origin: ownOrigin(),
        })
      : [];
  const meaning = sentences([words.text, diagnosis === null ? null : impactOf(diagnosis, status)]);
  const questions = <QuestionList diagnosis={diagnosis} reach={status?.reach ?? 'loopback'} known={known} />;
  return (
    <section
      class="panel verdict"
      data-testid="verdict"
      data-diagnosis={diagnosis ?? ''}
      data-location={location ?? ''}
      data-remedy={first?.id ?? ''}
      data-tone={toneOf(status, verdict, now, isWarned)}
    >
      <div class="headline">
        {isOfPast(diagnosis) ? (
          <ResultIcon result="warn" />
        ) : (
          <SilhouetteIcon code={shapeOf(status, verdict)} />
        )}
        <h2>{words.title}</h2>
        {location !== null && location !== 'unknown' && <p class="where">{t(`location_${location}`)}</p>}
      </div>
      <ChainLine outcomes={outcomes} />
      {meaning !== '' && <p>{meaning}</p>}
      {words.said !== null && (
        <p>
          <bdi class="raw">{t('raw_words', words.said)}</bdi>
        </p>
      )}
      {words.todo !== null && <p class="lead">{words.todo}</p>}
      {diagnosis === 'rate-limited' && lockedUntil !== null && <LockOutEnd at={lockedUntil} now={now} />}
      {treated && facts && helped ? (
        <helped.Remedies
          key={treated.diagnosis}
          diagnosis={treated.diagnosis}
          gatewayId={treated.status.gatewayId}
          facts={facts}
          layout="page"
          said={words.todo}
          product={product}
          beside={
            <>
              <PasteLink status={treated.status} />
              {questions}
            </>
          }
        />
      ) : (
        questions
      )}
      {treated && isVague(diagnosis) && <RoadAccess address={treated.status.address} onAllowed={onAllowed} />}
      {status?.canTryAgain && (
        <div class="actions">
          <ActionButton
            command={{ type: 'check', gatewayId: status.gatewayId }}
            label="try_again"
            busyLabel="trying"
            class="primary"
          />
        </div>
      )}
    </section>
  );
}

const isOwn = (fault: Fault): fault is OwnFault => OWN_FAULTS.some((own) => own === fault);

/** The field for what the command prints is the popup's. */
function PasteLink({ status }: { status: GatewayStatus }) {
  const isOfRelay = status.code === 'relay' && takesRelayKey(status.relay.cause);
  if (!isOfRelay && !takesCredential(status)) return null;
  return (
    <p>
      <a
        class="button"
        data-testid="paste"
        href={`/src/popup/index.html?gateway=${encodeURIComponent(status.gatewayId)}`}
        target="_blank"
        rel="noopener"
      >
        {t('paste_open')}
      </a>
    </p>
  );
}

/**
 * The sentences of a verdict.
 *
 * @param isWarned what is found inside the gateway is more than worth knowing
 */
export function verdictWords(
  status: GatewayStatus | null,
  verdict: Verdict | null,
  now: number,
  isWarned = false,
) {
  const plain = (title: string, text: string | null) => ({ title, text, todo: null, said: null });
  if (verdict === null) return plain(t('doctor_looking_title'), null);
  const { diagnosis, location } = verdict;
  const explanation = status === null ? null : explanationOf(status, now);
  if (diagnosis !== null) {
    // The explanation knows what is under way: a repair that runs, an outage too young to ask anything of anybody.
    const told = diagnosis === status?.cause || status?.code === 'relay' ? explanation : null;
    return {
      title: told?.title ?? titleOf(diagnosis),
      text: told?.happened ?? partOf(diagnosis, 'happened', ...figuresOf(diagnosis, status)),
      todo: told === null ? partOf(diagnosis, 'todo') : told.todo,
      // A card has it folded with what happened.
      said: diagnosis === 'unknown-refusal' && status?.words ? onOneLine(status.words) : null,
    };
  }
  if (status === null) return plain(t('doctor_none_title'), t('doctor_none_text'));
  if (status.code === 'paused' && explanation !== null) return plain(explanation.title, explanation.did);
  if (location === 'unknown') return plain(t('doctor_unknown_title'), t('doctor_unknown_text'));
  const caution = cautionOf(status, now);
  if (caution !== null) return plain(t('preflight_caution'), caution);
  return plain(t(isWarned ? 'preflight_caution' : 'doctor_well_title'), t('doctor_well_text'));
}

/** Nothing is broken, and yet something may come again; `null` where nothing is known that may. */
function cautionOf(status: GatewayStatus, now: number): string | null {
  const { level, reasons } = preflight(status, now);
  const [first] = reasons;
  return level === 'caution' && first ? reasonOf(first, now) : null;
}

const figuresOf = (diagnosis: Fault, status: GatewayStatus | null): string[] =>
  status?.findings.find(({ code }) => code === diagnosis)?.figures.map(figureWords) ?? [];

/** `null` where what happened says it already. */
function impactOf(diagnosis: Fault, status: GatewayStatus | null): string | null {
  const own = partOf(diagnosis, 'impact');
  if (own !== null) return own;
  if (diagnosis.startsWith('relay-') || diagnosis === 'identity-exportable') return null;
  // A worker that cannot save goes on with what it knows; one that cannot read does nothing.
  const isBlind = diagnosis === 'worker-silent' || diagnosis.startsWith('storage-');
  const isAtWork = diagnosis === 'storage-unwritable' && status !== null && isConnected(status);
  if (isBlind && !isAtWork) return t('doctor_impact_blind');
  return t(status !== null && isConnected(status) ? 'doctor_impact_works' : 'doctor_impact_gateway');
}

/** The toolbar has no shape for what the past proves. */
const isOfPast = (fault: Fault | null): boolean => FINDINGS.some((code) => code === fault);

/** The shape that the toolbar has for it. */
function shapeOf(status: GatewayStatus | null, verdict: Verdict | null): StatusCode {
  if (verdict === null) return 'unknown';
  const { diagnosis, location } = verdict;
  if (diagnosis === null) return location === 'unknown' ? 'unknown' : (status?.code ?? 'not-set-up');
  if (isOwn(diagnosis)) return 'needs-you';
  return status === null || status.code === 'unknown' ? 'down' : status.code;
}

/** Red is for what needs the user, as on the toolbar. */
function toneOf(
  status: GatewayStatus | null,
  verdict: Verdict | null,
  now: number,
  isWarned: boolean,
): string {
  if (verdict === null || status?.code === 'paused') return 'calm';
  const { diagnosis, location } = verdict;
  if (diagnosis === null) {
    if (status === null) return 'info';
    if (location === 'unknown') return 'calm';
    return isWarned || cautionOf(status, now) !== null ? 'attention' : 'good';
  }
  if (diagnosis === 'identity-exportable' || status?.code === 'relay') return 'attention';
  if (location === 'browser' && diagnosis !== 'offline') return 'problem';
  switch (status?.code) {
    case 'needs-you':
      return 'problem';
    case 'down':
    case 'offline':
    case 'reconnecting':
    case 'starting':
    case 'unknown':
      return 'calm';
    default:
      return 'attention';
  }
}

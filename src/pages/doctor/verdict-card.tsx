import { t } from '../../browser/i18n.ts';
import { isConnected } from '../../doctor/steps.ts';
import { type Fault, OWN_FAULTS, type OwnFault, type Verdict } from '../../doctor/types.ts';
import { FINDINGS } from '../../gateway/finding.ts';
import type { StatusCode } from '../../gateway/status.ts';
import type { Health } from '../../health.ts';
import { remediesFor } from '../../remedy/remedies.ts';
import { accountOf } from '../../ui/account.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { partOf, titleOf } from '../../ui/fault-words.ts';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import type { Help } from './help.ts';
import { ResultIcon } from './result-icon.tsx';

interface Props {
  health: Health | null;
  /** What commands are written for; `null` until the first run is over. */
  helped: Help | null;
  /** `null`: the first run is not over. */
  verdict: Verdict | null;
  now: number;
}

/** The page's first and largest word: what is wrong, where, what it means, and what helps. */
export function VerdictCard({ health, helped, verdict, now }: Props) {
  const diagnosis = verdict?.diagnosis ?? null;
  const location = verdict?.location ?? null;
  const words = verdictWords(health, verdict, now);
  const treated = diagnosis === null || isOwn(diagnosis) || health === null ? null : { diagnosis, health };
  const facts = treated && { ...treated.health, relayAddress: treated.health.relay.address };
  const [first] =
    treated && facts && helped
      ? remediesFor(treated.diagnosis, {
          ...facts,
          platform: helped.platform,
          origin: globalThis.location.origin,
        })
      : [];
  const lines: (readonly [label: string, text: string | null])[] =
    diagnosis === null
      ? []
      : [
          [t('doctor_impact'), impactOf(diagnosis, health)],
          [t('label_did'), words.did],
          [t('label_todo'), words.todo],
        ];
  return (
    <section
      class="panel verdict"
      data-testid="verdict"
      data-diagnosis={diagnosis ?? ''}
      data-location={location ?? ''}
      data-remedy={first?.id ?? ''}
      data-tone={toneOf(health, verdict)}
    >
      <div class="headline">
        {isOfPast(diagnosis) ? (
          <ResultIcon result="warn" />
        ) : (
          <SilhouetteIcon code={shapeOf(health, verdict)} />
        )}
        <h2>{words.title}</h2>
        {location !== null && <p class="where">{t(`location_${location}`)}</p>}
      </div>
      {words.text !== null && <p>{words.text}</p>}
      {lines.length > 0 && (
        <dl class="account">
          {lines
            .filter(([, text]) => text !== null)
            .map(([label, text]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
        </dl>
      )}
      {treated && facts && helped && (
        <helped.Remedies
          key={treated.diagnosis}
          diagnosis={treated.diagnosis}
          gatewayId={treated.health.gatewayId}
          facts={facts}
          layout="page"
        />
      )}
      {health?.canTryAgain && (
        <div class="actions">
          <ActionButton
            command={{ type: 'check', gatewayId: health.gatewayId }}
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

/** The sentences of a verdict. */
export function verdictWords(health: Health | null, verdict: Verdict | null, now: number) {
  const plain = (title: string, text: string | null) => ({ title, text, did: null, todo: null });
  if (verdict === null) return plain(t('doctor_looking_title'), null);
  const { diagnosis, location } = verdict;
  const account = health === null ? null : accountOf(health, now);
  if (diagnosis !== null) {
    // The account knows what is under way: a repair that runs, an outage too young to ask anything of anybody.
    const told = diagnosis === health?.cause || health?.code === 'relay' ? account : null;
    return {
      title: titleOf(diagnosis),
      text: partOf(diagnosis, 'happened', ...figuresOf(diagnosis, health)),
      did: told?.did ?? partOf(diagnosis, 'did'),
      todo: told?.todo ?? partOf(diagnosis, 'todo'),
    };
  }
  if (health === null) return plain(t('doctor_none_title'), t('doctor_none_text'));
  if (health.code === 'paused' && account !== null) return plain(account.title, account.did);
  if (location === 'unknown') return plain(t('doctor_unknown_title'), t('doctor_unknown_text'));
  return plain(t('doctor_well_title'), t('doctor_well_text'));
}

const figuresOf = (diagnosis: Fault, health: Health | null): string[] =>
  health?.findings.find(({ code }) => code === diagnosis)?.figures.map(String) ?? [];

/** `null` where what happened says it already. */
function impactOf(diagnosis: Fault, health: Health | null): string | null {
  const own = partOf(diagnosis, 'impact');
  if (own !== null) return own;
  if (diagnosis === 'worker-silent' || diagnosis.startsWith('storage-')) return t('doctor_impact_blind');
  if (diagnosis.startsWith('relay-')) return null;
  return t(health !== null && isConnected(health) ? 'doctor_impact_works' : 'doctor_impact_gateway');
}

/** The toolbar has no shape for what the past proves. */
const isOfPast = (fault: Fault | null): boolean => FINDINGS.some((code) => code === fault);

/** The shape that the toolbar has for it. */
function shapeOf(health: Health | null, verdict: Verdict | null): StatusCode {
  if (verdict === null) return 'unknown';
  const { diagnosis, location } = verdict;
  if (diagnosis === null) return location === 'unknown' ? 'unknown' : (health?.code ?? 'not-set-up');
  if (isOwn(diagnosis)) return 'needs-you';
  return health === null || health.code === 'unknown' ? 'down' : health.code;
}

/** Red is for what needs the user, as on the toolbar. */
function toneOf(health: Health | null, verdict: Verdict | null): string {
  if (verdict === null || health?.code === 'paused') return 'calm';
  const { diagnosis, location } = verdict;
  if (diagnosis === null) return health === null ? 'info' : location === 'unknown' ? 'calm' : 'good';
  if (location === 'browser' && diagnosis !== 'offline') return 'problem';
  switch (health?.code) {
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

/** What the gateway says of itself: read when a run is over, shown as rows, and the configuration with consent alone. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { allowConfig, keepFound, withdrawConfig } from '../../browser/page/inside-memory.ts';
import { lookInside } from '../../browser/page/look-inside.ts';
import { ownOrigin } from '../../browser/page/own-origin.ts';
import { followItem } from '../../browser/storage.ts';
import { readHistory } from '../../browser/stored-history.ts';
import { type Answered, answeredBy } from '../../doctor/answered.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { insideRow } from '../../inside/codes.ts';
import { findingCommand } from '../../inside/command.ts';
import {
  type AreaResult,
  areaResults,
  type InsideFinding,
  insideFindings,
  isNote,
} from '../../inside/findings.ts';
import { type Interruption, pastOfProcess } from '../../inside/past.ts';
import { mayAskConfig } from '../../inside/questions.ts';
import type { Inside, MachineFacts } from '../../inside/types.ts';
import type { Platform, RemedyFacts } from '../../remedy/types.ts';
import { stopCommand } from '../../remedy/what-helps.ts';
import { type InsideMemory, insideItem, NO_INSIDE } from '../../storage/items.ts';
import { announce } from '../../ui/announce.ts';
import { CommandLine } from '../../ui/command-line.tsx';
import { PlatformChooser, usePlatform } from '../../ui/platform.tsx';
import { RestartSafety } from '../../ui/restart-safety.tsx';
import { number } from '../../words/figures.ts';
import { placeWords } from '../../words/place.ts';
import { clockTime, span } from '../../words/time.ts';
import { areaName, findingWords, resultWords, whyWords } from './inside-words.ts';
import { ResultIcon, type ResultMark } from './result-icon.tsx';

export interface InsideProps {
  status: GatewayStatus;
  /** When the last run ended: each run is followed by one look. */
  runAt: number;
  onLooked: (looked: LookedInside) => void;
}

/** What the rest of the page takes from a look. */
export interface LookedInside {
  /** For the report. */
  readonly results: readonly AreaResult[];
  /** How many findings there are. */
  readonly found: number;
  /** One of them is more than worth knowing. */
  readonly isWarning: boolean;
  /** What nobody need be asked any more. */
  readonly answered: Answered;
}

/** One look for each run, and one when the consent changes. */
function useInside({ status, runAt, onLooked }: InsideProps, readsConfig: boolean | null) {
  const [inside, setInside] = useState<Inside | null>(null);
  const [interruption, setInterruption] = useState<Interruption | null>(null);
  const { gatewayId, serverVersion, reach } = status;
  useEffect(() => {
    if (readsConfig === null) return;
    let isOver = false;
    void Promise.all([
      lookInside(gatewayId, { serverVersion, readsConfig }),
      lastInterruption(gatewayId),
    ]).then(([found, last]) => {
      if (isOver) return;
      setInside(found);
      setInterruption(last);
      const results = areaResults(found, { reach, origin: ownOrigin() });
      const findings = results.flatMap((each) => each.findings);
      const isWarning = !findings.every(isNote);
      onLooked({ results, found: findings.length, isWarning, answered: answeredBy(found, reach) });
      void keepFound(gatewayId, found.at, findings);
    });
    return () => {
      isOver = true;
    };
  }, [gatewayId, serverVersion, runAt, readsConfig]);
  return { inside, interruption };
}

/** The last time that the gateway was away, as our own history has it. */
async function lastInterruption(gatewayId: string): Promise<Interruption | null> {
  const past = await readHistory(gatewayId);
  if (past.type !== 'value') return null;
  const over = past.value.incidents.findLast(
    ({ endedAt, cause, cure }) => endedAt !== null && cure !== 'paused' && !cause.startsWith('relay-'),
  );
  return over?.endedAt == null ? null : { startedAt: over.startedAt, endedAt: over.endedAt };
}

/** The user's consent; `null` until it was read. */
function useConsent(gatewayId: string): boolean | null {
  const [memory, setMemory] = useState<InsideMemory | null>(null);
  useEffect(() => {
    setMemory(null);
    return followItem(insideItem(gatewayId), (reading) =>
      setMemory(reading.type === 'value' ? reading.value : NO_INSIDE),
    );
  }, [gatewayId]);
  return memory?.readsConfig ?? null;
}

export function InsidePanel(props: InsideProps) {
  const { status } = props;
  const { gatewayId, reach, serverVersion } = status;
  const readsConfig = useConsent(gatewayId);
  const { inside, interruption } = useInside(props, readsConfig);
  const [platform, choose] = usePlatform(gatewayId, reach);
  const results = inside === null ? [] : areaResults(inside, { reach, origin: ownOrigin() });
  const found = inside === null ? [] : insideFindings(inside, { reach, origin: ownOrigin() });
  const isTelling = !found.every(isNote);
  // It opens where there is something to read, and is closed by its reader alone.
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isTelling) setOpen(true);
  }, [isTelling]);
  const mayAsk = mayAskConfig(serverVersion);
  const note =
    inside === null
      ? t('doctor_running')
      : found.length === 0
        ? t('inside_pass')
        : t('inside_found', found.length);
  const facts = platform && {
    ...status,
    relayAddress: status.relay.address,
    platform,
    origin: ownOrigin(),
  };
  return (
    <details
      class="panel fold inside"
      data-testid="inside"
      data-state={inside === null ? 'looking' : 'done'}
      data-found={found.map(({ code }) => code).join(' ')}
      data-config={inside?.config.type}
      data-took={inside?.tookMs}
      data-at={inside?.at}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <h2>{t('inside_title')}</h2>
        <span class="note">{note}</span>
      </summary>
      <div>
        {found.length > 0 && <p class="small">{placeWords(reach)}</p>}
        <div class="checks">
          <ul>
            {results.map((result) => (
              <Row
                key={result.area}
                result={result}
                mayAskConfig={mayAsk}
                gatewayId={gatewayId}
                facts={facts}
              />
            ))}
          </ul>
        </div>
        {found.length > 0 && platform !== null && (
          <div class="beneath">
            <PlatformChooser
              platform={platform}
              onChoose={choose}
              commands={found.map(({ code }) => facts && findingCommand(code, facts))}
            />
          </div>
        )}
        {readsConfig !== null && mayAsk && <Consent gatewayId={gatewayId} isGiven={readsConfig} />}
        {inside !== null && (
          <Process inside={inside} interruption={interruption} status={status} platform={platform} />
        )}
      </div>
    </details>
  );
}

interface RowProps {
  result: AreaResult;
  mayAskConfig: boolean;
  gatewayId: string;
  /** `null` until it is known for which system commands have to be. */
  facts: RemedyFacts | null;
}

const MARKS = {
  pass: 'pass',
  note: 'note',
  warn: 'warn',
  untold: 'skip',
  unread: 'skip',
  unasked: 'skip',
} as const satisfies Record<AreaResult['result'], ResultMark>;

function Row({ result, mayAskConfig, gatewayId, facts }: RowProps) {
  const { area, findings } = result;
  const mark = MARKS[result.result];
  return (
    <li data-area={area} data-result={mark} data-because={result.result}>
      <ResultIcon result={mark} />
      <div class="found">
        <p>
          <strong>{areaName(area)}</strong>
          <span class="visually-hidden">, {t(`check_${mark}`)}.</span>{' '}
          <bdi>{resultWords(result, mayAskConfig)}</bdi>
        </p>
        {findings.map((finding) => (
          <Finding key={finding.code} finding={finding} gatewayId={gatewayId} facts={facts} />
        ))}
      </div>
      <p class="aside">
        <span aria-hidden="true">{t(`check_${mark}`)}</span>
      </p>
    </li>
  );
}

function Finding({
  finding,
  gatewayId,
  facts,
}: Pick<RowProps, 'gatewayId' | 'facts'> & { finding: InsideFinding }) {
  const { code, said } = finding;
  const { effect, severity } = insideRow(code);
  const command = facts && findingCommand(code, facts);
  const words = said.filter(({ name, words: own }) => name !== '' || own !== '');
  return (
    <div class="finding" data-finding={code} data-severity={severity}>
      <p class="what">
        <bdi>
          <Coded text={findingWords(finding)} />
        </bdi>
      </p>
      {words.map(({ name, words: own }, index) => (
        <p class="small" key={`${index} ${name}`}>
          <bdi>{name}</bdi>
          {name !== '' && own !== '' && ': '}
          <bdi class="soft">{own}</bdi>
        </p>
      ))}
      <p class="soft small">{whyWords(code)}</p>
      {command && (
        <>
          <CommandLine text={command} testId="inside-command" />
          <p class="soft small">{t(`remedy_effect_${effect}`)}</p>
        </>
      )}
      {(effect === 'restarts' || effect === 'replaces') && <RestartSafety gatewayId={gatewayId} />}
    </div>
  );
}

/** Names of settings stand between backticks, and in a font of their own. */
const Coded = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
);

function Consent({ gatewayId, isGiven }: { gatewayId: string; isGiven: boolean }) {
  const [isFailed, setFailed] = useState(false);
  async function turn(): Promise<void> {
    const isDone = await (isGiven ? withdrawConfig : allowConfig)(gatewayId);
    setFailed(!isDone);
    announce(t(isDone ? (isGiven ? 'inside_withdrawn' : 'inside_allowed') : 'storage_unwritable'));
  }
  return (
    <div class="consent">
      <p class="soft small">{t(isGiven ? 'inside_consent_given' : 'inside_consent')}</p>
      <button type="button" data-testid={isGiven ? 'inside-withdraw' : 'inside-allow'} onClick={turn}>
        {t(isGiven ? 'inside_withdraw' : 'inside_allow')}
      </button>
      {isFailed && <p role="alert">{t('storage_unwritable')}</p>}
    </div>
  );
}

interface ProcessProps {
  inside: Inside;
  interruption: Interruption | null;
  status: GatewayStatus;
  platform: Platform | null;
}

const toldBy = (inside: Inside): MachineFacts | null =>
  inside.machine.type === 'told' ? inside.machine.value : null;

/** The process that replies to us: its figures, what the last interruption was, and the command that ends exactly it. */
function Process({ inside, interruption, status, platform }: ProcessProps) {
  const machine = toldBy(inside);
  const stability = inside.stability.type === 'told' ? inside.stability.value : null;
  const pid = machine?.pid ?? null;
  const past = pastOfProcess(interruption, machine?.uptimeMs ?? null, inside.at);
  const rss = machine?.rssBytes ?? (inside.status.type === 'told' ? inside.status.value.rssBytes : null);
  const facts: (readonly [label: string, value: string | null])[] = [
    [
      t('inside_fact_process'),
      pid === null ? null : machine?.port == null ? `PID ${pid}` : t('inside_fact_pid', pid, machine.port),
    ],
    [t('inside_fact_uptime'), machine?.uptimeMs == null ? null : span(machine.uptimeMs)],
    [t('inside_fact_ready'), stability?.readyMs == null ? null : span(stability.readyMs)],
    [t('inside_fact_memory'), rss === null ? null : `${Math.round(rss / 1e6)} MB`],
    [
      t('inside_fact_disk'),
      machine?.diskAvailableBytes == null
        ? null
        : `${number(Math.round(machine.diskAvailableBytes / 1e8) / 10)} GB`,
    ],
  ];
  const known = facts.filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  const isDoubted = status.findings.some(({ code }) => TWO_GATEWAYS.includes(code));
  const stop = isDoubted && platform !== null ? stopCommand(pid, platform) : null;
  return (
    <>
      {past !== null && (
        <p data-testid="inside-past" data-kind={past.kind}>
          {t(
            past.kind === 'restarted' ? 'inside_past_restarted' : 'inside_past_reloaded',
            clockTime(interruption?.startedAt ?? inside.at, inside.at),
            span(past.awayMs),
          )}
        </p>
      )}
      <dl class="facts">
        {known.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {stop !== null && (
        <div class="finding">
          <p>{t('inside_stop')}</p>
          <CommandLine text={stop} testId="stop-command" />
          <RestartSafety gatewayId={status.gatewayId} />
        </div>
      )}
    </>
  );
}

/** What is told where a second gateway, or one that should have ended, answers. */
const TWO_GATEWAYS: readonly string[] = ['restart-outlived', 'gateways-alternate', 'other-gateway-answered'];

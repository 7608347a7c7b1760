/** What was found inside the gateway, a row for each area. */
import { t } from '../../browser/i18n.ts';
import { insideRow } from '../../inside/codes.ts';
import { findingCommand } from '../../inside/command.ts';
import type { AreaResult, InsideFinding } from '../../inside/findings.ts';
import type { RemedyFacts } from '../../remedy/types.ts';
import { CommandLine } from '../../ui/command-line.tsx';
import { RestartSafety } from '../../ui/restart-safety.tsx';
import { areaName, findingWords, resultWords, whyWords } from './inside-words.ts';
import { ResultIcon, type ResultMark } from './result-icon.tsx';

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

export function AreaRow({ result, mayAskConfig, gatewayId, facts }: RowProps) {
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
          <FindingWords key={finding.code} finding={finding} gatewayId={gatewayId} facts={facts} />
        ))}
      </div>
      <p class="aside">
        <span aria-hidden="true">{t(`check_${mark}`)}</span>
      </p>
    </li>
  );
}

function FindingWords({
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

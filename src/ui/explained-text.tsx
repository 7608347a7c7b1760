/** What a pasted text says: each statement with its name, its client, what helps, and what we know of the same gateway. */
import { t } from '../browser/i18n.ts';
import { type Cure, curesFor, takesApproval } from '../explain/cures.ts';
import { type OwnEvidence, ownEvidence } from '../explain/own.ts';
import { type Explained as Explanation, isOtherCode, type Statement } from '../explain/types.ts';
import { storiesOf } from '../others/standing.ts';
import { DEFAULT_ADDRESS, parseGatewayAddress } from '../pairing/address.ts';
import type { Reach } from '../reach.ts';
import type { Platform, RemedyFacts } from '../remedy/types.ts';
import { commandFor } from '../remedy/what-helps.ts';
import { clientName, cureWords, titleOfCode } from '../words/explained.ts';
import { clientTitle } from '../words/others.ts';
import { inARow, sentences } from '../words/row.ts';
import { dashboardOf } from '../words/shown-address.ts';
import { clockTime } from '../words/time.ts';
import { CommandLine } from './command-line.tsx';
import { usePlatform } from './platform.tsx';
import { Remedies } from './remedies.tsx';
import { knownStatuses } from './statuses.ts';
import { useOthers } from './use-others.ts';

/** Everything that was found in a text; nothing where nothing was. */
export const ExplainedText = ({ found }: { found: Explanation }) => (
  <>
    {found.statements.map((statement) => (
      <Explained
        key={`${statement.client} ${statement.code}`}
        statement={statement}
        version={found.version}
        place={found.place}
      />
    ))}
    {found.statements.length > 0 && (
      <p class="soft small">{t(found.hasSecret ? 'explain_masked' : 'explain_private')}</p>
    )}
  </>
);

interface Props {
  statement: Statement;
  version: string | null;
  place: Platform | null;
}

function Explained({ statement, version, place }: Props) {
  const { code, client, count, closeCode, words, requestId } = statement;
  const own = ownEvidence(statement, knownStatuses());
  const address = statement.address ?? own?.address ?? DEFAULT_ADDRESS;
  const parsed = parseGatewayAddress(address);
  const reach: Reach = parsed.ok ? parsed.address.reach : 'public';
  const facts = { address, reach, serverVersion: version, requestId };
  const title = titleOfCode(code);
  const cures = curesFor(statement);
  const about = [
    clientName(client),
    place && t(`platform_${place}`),
    version,
    count > 1 ? t('explain_count', count) : null,
  ].filter((part) => part !== null);
  const codes = [closeCode, ...words, requestId].filter((part) => part !== null);
  return (
    <section
      class="explained"
      aria-label={title}
      data-testid="explained"
      data-cause={code}
      data-client={client}
    >
      <div>
        <span class="lead">{title}</span>
      </div>
      <p class="soft small">{inARow(about)}</p>
      {cures.map((cure) => (
        <CureLine key={cure.id} cure={cure} facts={facts} place={place} />
      ))}
      {takesApproval(code) && (own !== null || statement.address !== null) && <Dashboard address={address} />}
      {cures.length === 0 && !isOtherCode(code) && (
        <Remedies diagnosis={code} gatewayId={null} facts={facts} runsOn={place} layout="page" />
      )}
      {own !== null && <Own own={own} />}
      <OwnStory statement={statement} />
      {codes.length > 0 && <code class="soft small">{codes.join(' · ')}</code>}
    </section>
  );
}

interface CureProps {
  cure: Cure;
  facts: Omit<RemedyFacts, 'platform' | 'origin'>;
  place: Platform | null;
}

/** What helps, and the command that belongs to it. */
export function CureLine({ cure, facts, place }: CureProps) {
  const [platform] = usePlatform(null, facts.reach, place);
  const command =
    cure.run === undefined || platform === null
      ? null
      : commandFor(cure.run, { ...facts, platform, origin: null });
  return (
    <>
      <p>{cureWords(cure.id)}</p>
      {command !== null && (
        <>
          {cure.run === 'auth-token' && <p class="soft small">{t('explain_show_secret')}</p>}
          <CommandLine text={command} testId="explained-command" />
        </>
      )}
    </>
  );
}

/** The gateway's own page, where requests can be approved. */
export function Dashboard({ address }: { address: string }) {
  const href = dashboardOf(address);
  return (
    href !== null && (
      <p>
        <a class="button" href={href} target="_blank" rel="noopener noreferrer">
          {t('open_dashboard')}
        </a>
      </p>
    )
  );
}

/** What we know of the same gateway, as far as it is proved. */
function Own({ own }: { own: OwnEvidence }) {
  const told =
    own.kind === 'same'
      ? [t('explain_own_same', own.address)]
      : [t('explain_own_connected', own.address), own.clientSide && t(CLIENT_SIDE[own.clientSide])];
  return <p data-testid="explained-own">{sentences(told)}</p>;
}

/** What the log of a gateway of ours says of the same client and cause, where the user allowed us to read of it. */
function OwnStory({ statement: { code, client } }: { statement: Statement }) {
  const [first] = knownStatuses();
  const others = useOthers(knownStatuses().length === 1 ? (first?.gatewayId ?? null) : null);
  const now = Date.now();
  const same =
    others && storiesOf(others, now).find((story) => story.code === code && story.client.kind === client);
  return (
    same && (
      <p data-testid="explained-story">
        <bdi>{t('explain_own_story', clientTitle(same.client), clockTime(same.lastAt, now))}</bdi>
      </p>
    )
  );
}

const CLIENT_SIDE = { sure: 'explain_own_client_side', perhaps: 'explain_own_perhaps' } as const;

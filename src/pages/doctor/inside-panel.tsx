/** What the gateway says of itself: read when a run is over, shown as rows, and the configuration with consent alone. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { allowConfig, withdrawConfig } from '../../browser/page/inside-memory.ts';
import { ownOrigin } from '../../browser/page/own-origin.ts';
import { findingCommand } from '../../inside/command.ts';
import { areaResults, insideFindings, isNote } from '../../inside/findings.ts';
import { mayAskConfig } from '../../inside/questions.ts';
import { announce } from '../../ui/announce.ts';
import { PlatformChooser, usePlatform } from '../../ui/platform.tsx';
import { placeWords } from '../../words/place.ts';
import { GatewayProcess } from './inside-process.tsx';
import { AreaRow } from './inside-rows.tsx';
import { type InsideProps, useConfigConsent, useInside } from './use-inside.ts';

export function InsidePanel(props: InsideProps) {
  const { status } = props;
  const { gatewayId, reach, serverVersion } = status;
  const readsConfig = useConfigConsent(gatewayId);
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
              <AreaRow
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
          <GatewayProcess inside={inside} interruption={interruption} status={status} platform={platform} />
        )}
      </div>
    </details>
  );
}

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

/** What helps, on a card or on a page: commands to copy, what each changes, and for which system they are. */

import { useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { ownOrigin } from '../browser/page/own-origin.ts';
import { isByCompose } from '../remedy/places.ts';
import type { Diagnosis, Platform, RemedyEffect, RemedyFacts } from '../remedy/types.ts';
import { type Remedy, type RemedyId, remedyOf } from '../remedy/ways.ts';
import { remediesFor, togetherFor } from '../remedy/what-helps.ts';
import type { Product } from '../road/evidence.ts';
import type { Snake } from '../words/faults.ts';
import { placeWords } from '../words/place.ts';
import { CommandLine } from './command-line.tsx';
import { Fold } from './fold.tsx';
import { lazy } from './lazy.tsx';
import { OriginHelp } from './origin-help.tsx';
import { PlatformChooser, PlatformNote, usePlatform, WithoutCompose } from './platform.tsx';
import { RestartSafety } from './restart-safety.tsx';

const LazyRoadHelp = lazy(() => import('./road-help.tsx').then(({ RoadHelp }) => RoadHelp));

export interface RemediesProps {
  diagnosis: Diagnosis;
  /** `null` for a gateway that is not known yet: then the choice of a system is not kept. */
  gatewayId: string | null;
  facts: Omit<RemedyFacts, 'platform' | 'origin'>;
  /** Where the gateway runs, as far as something else shows it. */
  runsOn?: Platform | null;
  /**
   * - `card`: the first command at once, since a sentence before it says what it is, and what belongs to it; the rest is
   *   folded
   * - `first`: the first command and no others
   * - `page`: the first with its sentence, and what belongs to it; the others folded
   */
  layout: 'card' | 'first' | 'page';
  /** Where the command is to be run is said already: before it is known, so that a step does not begin empty. */
  isPlaced?: boolean;
  /** On a card: another way, beside the button that copies the command. On a page: what stands before the others. */
  beside?: preact.ComponentChildren;
  /** What was seen to stand before the gateway. */
  product?: Product | null;
  /** On a page: what stands above it already. */
  said?: string | null;
  /** On a card: what stands beneath all that. */
  beneath?: (platform: Platform) => preact.ComponentChildren;
}

/** Nothing where nothing helps, and until it is known for which system the commands have to be. */
export function Remedies({
  diagnosis,
  gatewayId,
  facts,
  runsOn = null,
  layout,
  isPlaced = false,
  beside,
  beneath,
  product = null,
  said = null,
}: RemediesProps) {
  const [platform, choose] = usePlatform(gatewayId, facts.reach, runsOn);
  const [isPiped, setPiped] = useState(false);
  if (platform === null) return null;
  const remedies = remediesFor(diagnosis, {
    ...facts,
    platform,
    origin: ownOrigin(),
  });
  const [first, ...further] = remedies;
  const next = further.slice(0, togetherFor(diagnosis) - 1);
  const others = further.slice(next.length);
  // What the restart has shown makes the way around the next thing to look at (E12).
  const isTried = diagnosis === 'origin-still-refused';
  const originHelp = (isTried || diagnosis === 'origin-not-allowed') && (
    <OriginHelp platform={platform} isOpen={isTried} />
  );
  if (first === undefined) return null;
  const isAddress = isOfAddress(first);
  const isRun = first.command !== null && !isAddress;
  const command = (isPiped && first.toClipboard) || first.command;
  const chooser = (shown: readonly Remedy[]) => (
    <>
      <PlatformChooser platform={platform} onChoose={choose} commands={commandsOf(shown)} />
      {first.toClipboard !== null && (
        <label class="to-clipboard small">
          <input
            type="checkbox"
            data-testid="to-clipboard"
            checked={isPiped}
            onChange={({ currentTarget }) => setPiped(currentTarget.checked)}
          />
          {t('copy_output')}
        </label>
      )}
    </>
  );
  // The button that opens a page says what it is for.
  const isSaid = said !== null && (said === t(labelOf(first.id)) || first.id === 'open-page');
  const { at } = remedyOf(first.id);
  // One for this computer says so itself, and is the same whatever the gateway runs on.
  const isOnHost = isRun && at !== 'this-computer';
  const place = isOnHost ? (
    !isPlaced && <p data-testid="place">{placeWords(facts.reach, at)}</p>
  ) : (
    <p>{t(labelOf(first.id))}</p>
  );
  const belonging = next.length > 0 && layout !== 'first' && (
    <RemedyList remedies={next} gatewayId={gatewayId} address={facts.address} product={product} />
  );
  if (layout === 'page') {
    return (
      <>
        <div class="remedies">
          {(isRun || !isSaid) && place}
          {command === null ? (
            <LazyRoadHelp remedy={first.id} address={facts.address} gatewayId={gatewayId} product={product} />
          ) : (
            <CommandLine text={command} isAddress={isAddress} testId="remedy-command" />
          )}
          {isRun && (
            <div class="beneath">
              <p class="soft small">{t(`remedy_effect_${first.effect}`)}</p>
              {isOnHost && chooser([first, ...next])}
            </div>
          )}
          <Cost remedy={first} gatewayId={gatewayId} />
          {isOnHost && <PlatformNote platform={platform} />}
          {belonging}
        </div>
        {beside}
        {(others.length > 0 || originHelp) && (
          <Fold label={t('remedies_further')} aside={others.length > 0 ? <span>{others.length}</span> : null}>
            {!isOnHost && others.some(({ command }) => command !== null) && chooser(others)}
            {isOnHost && !commandsOf([first, ...next]).some(isByCompose) && (
              <WithoutCompose commands={commandsOf(others)} />
            )}
            <RemedyList remedies={others} gatewayId={gatewayId} address={facts.address} product={product} />
            {originHelp}
          </Fold>
        )}
      </>
    );
  }
  const folded = layout === 'card' ? others : [];
  if (command === null && folded.length === 0) return null;
  const name = t(`platform_${platform}`);
  const rest = (
    <details class="more-help further">
      <summary>{folded.length > 0 ? t('remedies_more', name) : t('remedies_for', name)}</summary>
      {chooser([first, ...next, ...folded])}
      <RemedyList remedies={folded} gatewayId={gatewayId} address={facts.address} product={product} />
      {originHelp}
    </details>
  );
  if (command === null) {
    return (
      <>
        <LazyRoadHelp remedy={first.id} address={facts.address} gatewayId={gatewayId} product={product} />
        {rest}
      </>
    );
  }
  return (
    <div class="remedies">
      {/* What the list is for is not in the command, and the card's sentence is about the approval. */}
      {first.id === 'find-request' && <p>{t(labelOf(first.id))}</p>}
      {place}
      {isOnHost && <PlatformNote platform={platform} />}
      {!EXPECTED.includes(first.effect) && <p class="soft small">{t(`remedy_effect_${first.effect}`)}</p>}
      <Cost remedy={first} gatewayId={gatewayId} />
      <CommandLine
        text={command}
        isAddress={isAddress}
        testId="remedy-command"
        main={
          <>
            {beside}
            {rest}
          </>
        }
      />
      {belonging}
      {beneath?.(platform)}
    </div>
  );
}

const commandsOf = (remedies: readonly Remedy[]): (string | null)[] => remedies.map(({ command }) => command);

/** There is something to copy, and nothing to run. */
const isOfAddress = ({ id, command }: Remedy): boolean => command !== null && remedyOf(id).isAddress === true;

/** What a command of its kind is expected to do: no news on a card. */
const EXPECTED: readonly RemedyEffect[] = ['reads', 'reveals', 'pairs'];

/** These end the gateway's process, or take its place. */
const RESTARTING: readonly RemedyEffect[] = ['restarts', 'replaces'];

/** Whose work a command would cut off, where it restarts and the gateway can tell. */
const Cost = ({ remedy, gatewayId }: { remedy: Remedy; gatewayId: string | null }) =>
  gatewayId !== null && remedy.command !== null && RESTARTING.includes(remedy.effect) ? (
    <RestartSafety gatewayId={gatewayId} />
  ) : null;

interface RemedyListProps {
  remedies: readonly Remedy[];
  /** `null` where nothing in it restarts a gateway, or none is known yet. */
  gatewayId?: string | null;
  address?: string | null;
  product?: Product | null;
}

/** What helps, in order. */
export function RemedyList({ remedies, gatewayId = null, address = null, product = null }: RemedyListProps) {
  return (
    <ol>
      {remedies.map((remedy) => (
        <li key={remedy.id} data-remedy={remedy.id}>
          <p>{t(labelOf(remedy.id))}</p>
          {remedy.command !== null && (
            <CommandLine text={remedy.command} isAddress={isOfAddress(remedy)} testId="further-command" />
          )}
          {address !== null && (
            <LazyRoadHelp remedy={remedy.id} address={address} gatewayId={gatewayId} product={product} />
          )}
          {remedy.command !== null && !isOfAddress(remedy) && (
            <p class="soft small">{t(`remedy_effect_${remedy.effect}`)}</p>
          )}
          <Cost remedy={remedy} gatewayId={gatewayId} />
        </li>
      ))}
    </ol>
  );
}

const labelOf = <Id extends RemedyId>(id: Id): `remedy_${Snake<Id>}_label` =>
  `remedy_${id.replaceAll('-', '_') as Snake<Id>}_label`;

/** One command, with where to run it; nothing where there is none. */
export function OneCommand({
  commandOf,
  testId,
  gatewayId,
  facts,
}: {
  commandOf: (facts: RemedyFacts) => string | null;
  testId: string;
  gatewayId: string | null;
  facts: RemediesProps['facts'];
}) {
  const [platform] = usePlatform(gatewayId, facts.reach);
  const command = platform && commandOf({ ...facts, platform, origin: null });
  if (!platform || !command) return null;
  return (
    <div class="remedies">
      <p data-testid="place">{placeWords(facts.reach)}</p>
      <PlatformNote platform={platform} />
      <CommandLine text={command} testId={testId} />
    </div>
  );
}

/** For which system commands are shown: the choice of it, and what belongs to it. */
import { useEffect, useId, useState } from 'preact/hooks';
import { type MessageKey, t } from '../browser/i18n.ts';
import { choosePlatform, platformOf } from '../browser/page/platform.ts';
import type { Reach } from '../reach.ts';
import { isByCompose } from '../remedy/places.ts';
import { PLATFORMS, type Platform } from '../remedy/types.ts';

/** The system of a gateway and how to choose another; `null` until it was looked up. */
export function usePlatform(
  gatewayId: string | null,
  reach: Reach,
  runsOn: Platform | null = null,
): readonly [Platform | null, (platform: Platform) => void] {
  const [platform, setPlatform] = useState<Platform | null>(null);
  useEffect(() => {
    let isOver = false;
    void platformOf(gatewayId, reach).then((found) => {
      if (!isOver) setPlatform(runsOn ?? found);
    });
    return () => {
      isOver = true;
    };
  }, [gatewayId, reach, runsOn]);
  const choose = (chosen: Platform): void => {
    setPlatform(chosen);
    void choosePlatform(gatewayId, chosen);
  };
  return [platform, choose];
}

/** A list to choose from, and beneath it what commands by Compose are without it. */
export function PlatformChooser({
  platform,
  onChoose,
  commands,
}: {
  platform: Platform;
  onChoose: (platform: Platform) => void;
  /** What is shown for it. */
  commands: readonly (string | null)[];
}) {
  const id = useId();
  return (
    <div class="platform small">
      <label class="soft" for={id}>
        {t('platform_label')}
      </label>
      <select
        id={id}
        data-testid="platform"
        value={platform}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as Platform)}
      >
        {PLATFORMS.map((each) => (
          <option key={each} value={each}>
            {t(`platform_${each}`)}
          </option>
        ))}
      </select>
      <WithoutCompose commands={commands} />
    </div>
  );
}

/** What a command by Compose is without it; nothing where none of these is one. */
export const WithoutCompose = ({ commands }: { commands: readonly (string | null)[] }) =>
  commands.some(isByCompose) ? <p class="soft small">{t('platform_without_compose')}</p> : null;

/** How to come to where the commands work. */
export const PlatformNote = ({ platform }: { platform: Platform }) => {
  const note = NOTES[platform];
  return note === undefined ? null : <p class="soft small">{t(note)}</p>;
};

const NOTES: Partial<Record<Platform, MessageKey>> = {
  wsl: 'platform_note_wsl',
  docker: 'platform_note_docker',
  podman: 'platform_note_podman',
  kubernetes: 'platform_note_kubernetes',
};

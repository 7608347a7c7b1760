import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { send } from '../../browser/page/worker-link.ts';
import { followItem } from '../../browser/storage.ts';
import type { Reply } from '../../messages.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../settings.ts';
import { settingsItem } from '../../storage/items.ts';
import { chooseTheme } from '../../ui/theme.ts';

export type Change = (patch: Partial<Settings>) => Promise<Reply>;

/** Stores a change and says in words what came of it: which setting, and what it is now. */
export type Save = (patch: Partial<Settings>, setting: string, value: string) => Promise<void>;

/**
 * The settings as they are stored, or as they will be in a moment: a change shows at once, and is taken back if it
 * could not be stored. `settings` is `null` until they were read.
 */
export function useSettings(): { settings: Settings | null; isUnreadable: boolean; change: Change } {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const latest = useRef(DEFAULT_SETTINGS);
  const stored = useRef(DEFAULT_SETTINGS);
  const underway = useRef(0);

  const show = useCallback((next: Settings) => {
    latest.current = next;
    setSettings(next);
    chooseTheme(next.theme);
  }, []);

  useEffect(
    () =>
      followItem(settingsItem, (reading) => {
        stored.current = reading.type === 'value' ? reading.value : DEFAULT_SETTINGS;
        setUnreadable(reading.type === 'newer' || reading.type === 'unreadable');
        if (underway.current === 0) show(stored.current);
      }),
    [show],
  );

  const change = useCallback<Change>(
    async (patch) => {
      const next = { ...latest.current, ...patch };
      show(next);
      underway.current += 1;
      const reply = await send({ type: 'set-settings', settings: next });
      underway.current -= 1;
      if (reply.ok) stored.current = next;
      // Two changes that cross each other: the last one to be answered decides what is shown.
      if (underway.current === 0) show(stored.current);
      return reply;
    },
    [show],
  );
  return { settings, isUnreadable, change };
}

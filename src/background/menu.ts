/** What the menu behind the icon and the keyboard commands do: the same few things. */
import { openPage } from '../browser/worker/pages.ts';
import type { Fleet } from './fleet.ts';

/** Does what was chosen in the menu or typed as a keyboard command. */
export async function runMenu(id: string, fleet: Fleet): Promise<void> {
  switch (id) {
    case 'check-now':
      fleet.dispatchAll({ type: 'check-requested', by: 'fleet' });
      return;
    case 'pause-or-resume': {
      // One that is watched is paused first: what is said in one word is done to all.
      const isPaused = fleet.snapshot.statuses.every(({ code }) => code === 'paused');
      fleet.dispatchAll({ type: isPaused ? 'resume-requested' : 'pause-requested' });
      return;
    }
    case 'open-doctor':
      return openPage('doctor');
    case 'open-history':
      return openPage('history');
  }
}

import { t } from '../browser/i18n.ts';
import { newSetupCodeCommand } from '../gateway/remedy.ts';
import { CommandLine } from '../ui/command-line.tsx';
import { PairingForm } from './pairing-form.tsx';

/** Most gateways run beside the browser. That of `pairing/address.ts`, which is loaded with the recogniser. */
export const USUAL_ADDRESS = 'ws://127.0.0.1:18789';

/** The first thing a new user sees: one command to run, one field to paste into. */
export function Welcome({ onPaired }: { onPaired: (gatewayId: string | null) => void }) {
  return (
    <section class="card">
      <p>{t('welcome')}</p>
      <div class="steps">
        <h2>
          <span aria-hidden="true">1</span> {t('welcome_run')}
        </h2>
        <CommandLine text={newSetupCodeCommand(USUAL_ADDRESS)} testId="remedy-command" />
        <p class="soft small">{t('welcome_other')}</p>
        <h2>
          <span aria-hidden="true">2</span> {t('welcome_paste')}
        </h2>
        <PairingForm card={null} isFocused onPaired={onPaired} />
      </div>
    </section>
  );
}

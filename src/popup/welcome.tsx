import { t } from '../browser/i18n.ts';
import { newSetupCodeCommand } from '../gateway/remedy.ts';
import { DEFAULT_ADDRESS } from '../pairing/address.ts';
import { CommandLine } from '../ui/command-line.tsx';
import { PairingForm } from './pairing-form.tsx';

/** How to pair with a gateway, the first or another one: a command to run, a field to paste into. */
export function Welcome({
  isFirst,
  onPaired,
}: {
  isFirst: boolean;
  onPaired: (gatewayId: string | null) => void;
}) {
  return (
    <section class="card">
      {isFirst ? <p>{t('welcome')}</p> : <h2>{t('add')}</h2>}
      <ol class="steps">
        <li>
          <p class="step">{t('welcome_run')}</p>
          <CommandLine text={newSetupCodeCommand(DEFAULT_ADDRESS)} testId="remedy-command" />
          <p class="soft small">{t('welcome_other')}</p>
        </li>
        <li>
          <p class="step">{t('welcome_paste')}</p>
          <PairingForm card={null} isFocused onPaired={onPaired} />
        </li>
      </ol>
    </section>
  );
}

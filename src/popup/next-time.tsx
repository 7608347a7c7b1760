import { useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { Fold } from '../ui/fold.tsx';
import { SelfRepairForm } from '../ui/self-repair-form.tsx';

/** The gateway secret repairs this, and what comes later. Its fields are there once they are wanted. */
export function NextTime({ status }: { status: GatewayStatus }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Fold label={t('repair_next_time')} testId="self-repair" onToggle={setOpen}>
      {isOpen && <SelfRepairForm status={status} />}
    </Fold>
  );
}

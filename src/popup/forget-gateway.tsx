import { t } from '../browser/i18n.ts';
import { send } from '../browser/page/worker-link.ts';
import { TwoStep } from '../ui/two-step.tsx';

/** Nothing brings a pairing back. */
export const ForgetGateway = ({ gatewayId }: { gatewayId: string }) => (
  <TwoStep
    name="forget"
    label={t('forget')}
    hint={t('forget_hint')}
    confirmLabel={t('forget_confirm')}
    busyLabel={t('forgetting')}
    onConfirm={() => send({ type: 'forget-gateway', gatewayId })}
  />
);

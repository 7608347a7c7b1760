import { useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { allowConfig, withdrawConfig } from '../../browser/page/inside-memory.ts';
import { followItem } from '../../browser/storage.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { insideItem } from '../../storage/items.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { problemSentence } from '../../words/problems.ts';
import { Optional } from './optional.tsx';

/** Consent to read the configuration of one gateway: see the doctor's page, where it is asked for. */
export function InsideConsent({ status }: { status: GatewayStatus }) {
  const { gatewayId } = status;
  const [isAllowed, setAllowed] = useState(false);
  useEffect(
    () =>
      followItem(insideItem(gatewayId), (reading) =>
        setAllowed(reading.type === 'value' && reading.value.readsConfig),
      ),
    [gatewayId],
  );
  return (
    <Optional
      name={`settings ${gatewayId}`}
      title={t('options_inside_title', gatewayName(status))}
      why={t('options_inside_why')}
      isAllowed={isAllowed}
      failed={t('options_not_saved', problemSentence('storage-failed'))}
      onAllow={() => allowConfig(gatewayId)}
      onRemove={() => withdrawConfig(gatewayId)}
    />
  );
}

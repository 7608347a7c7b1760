import { useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { hasHostAccess, mayMonitorRequests, requestRoadAccess } from '../../browser/permissions.ts';

/** Offers to find out what alone a permission tells; nothing where it is given. */
export function RoadAccess({ address, onAllowed }: { address: string; onAllowed: () => void }) {
  const [isGiven, setGiven] = useState(true);
  useEffect(() => {
    let isOver = false;
    void Promise.all([hasHostAccess(address), mayMonitorRequests()]).then(([host, requests]) => {
      if (!isOver) setGiven(host && requests);
    });
    return () => {
      isOver = true;
    };
  }, [address]);
  if (isGiven) return null;
  async function allow(): Promise<void> {
    if (!(await requestRoadAccess(address))) return;
    setGiven(true);
    onAllowed();
  }
  return (
    <div class="actions">
      <button type="button" data-testid="find-exact-cause" onClick={allow}>
        {t('doctor_road_allow')}
      </button>
      <p class="soft small">{t('doctor_road_hint')}</p>
    </div>
  );
}

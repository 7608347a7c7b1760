import { type MessageKey, t } from '../browser/i18n.ts';

type PlainKey = MessageKey & ('doctor' | 'doctor_from_card');

/** Opens the doctor's page for one gateway, in a tab. */
export const DoctorLink = ({
  gatewayId,
  label,
  testId,
}: {
  gatewayId: string;
  label: PlainKey;
  testId?: string;
}) => (
  <a
    class="link"
    data-testid={testId}
    href={`../pages/doctor/index.html?gateway=${encodeURIComponent(gatewayId)}`}
    target="_blank"
    rel="noopener"
  >
    {t(label)}
  </a>
);

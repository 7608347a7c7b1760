/** Shared parts that a first paint can do without. */
import { lazy } from './lazy.tsx';

/** See `ui/remedies.tsx`. */
export const LazyRemedies = lazy(() => import('./remedies.tsx').then(({ Remedies }) => Remedies));

/** See `ui/approval.tsx`. */
export const LazyApproval = lazy(() => import('./approval.tsx').then(({ Approval }) => Approval));

/** See `ui/pairing-form.tsx`: it knows all that OpenClaw prints. */
export const LazyPairingForm = lazy(
  () => import('./pairing-form.tsx').then(({ PairingForm }) => PairingForm),
  <div class="form-place" />,
);

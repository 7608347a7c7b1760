/** Parts of the popup that its first paint can do without. */
import { lazy } from '../ui/lazy.tsx';

export const LazyDraftKeeper = lazy(() =>
  import('./draft-keeper.tsx').then(({ DraftKeeper }) => DraftKeeper),
);
export const LazyFoundGateway = lazy(
  () => import('../ui/found-gateway.tsx').then(({ FoundGateway }) => FoundGateway),
  <p class="found" />,
);
export const LazyForgetGateway = lazy(() =>
  import('./forget-gateway.tsx').then(({ ForgetGateway }) => ForgetGateway),
);
export const LazyLockOut = lazy(() => import('./others-row.tsx').then(({ LockOut }) => LockOut));
export const LazyMorePanel = lazy(() => import('./more-panel.tsx').then(({ MorePanel }) => MorePanel));
export const LazyNextTime = lazy(() => import('./next-time.tsx').then(({ NextTime }) => NextTime));
export const LazyRelayHelp = lazy(() => import('./relay-help.tsx').then(({ RelayHelp }) => RelayHelp));

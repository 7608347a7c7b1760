/** - `good`: works · `attention`: should be looked at · `off`: could work and does not · `unknown`: nothing is known */
export type MarkKind = 'good' | 'attention' | 'off' | 'unknown';

const RING = 'M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 1 1 0-11.6z';

/** How one thing among several is. Shape first; the words beside it say the same. */
export const Mark = ({ kind }: { kind: MarkKind }) => (
  <svg class="mark" data-mark={kind} viewBox="0 0 16 16" aria-hidden="true">
    {kind === 'good' ? (
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM4.5 6.3 6.9 8.7 11.3 4.3 12.7 5.7 6.9 11.5 3.1 7.7z"
      />
    ) : kind === 'attention' ? (
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M8 1 15.5 14H.5zM7.1 5.6V9.8H8.9V5.6zM7.1 10.8V12.5H8.9V10.8z"
      />
    ) : (
      <path
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-dasharray={kind === 'unknown' ? '3.6 2.47' : undefined}
        d={RING}
      />
    )}
  </svg>
);

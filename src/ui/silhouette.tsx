import type { StatusCode } from '../gateway/status.ts';
import { SILHOUETTES } from './silhouettes.ts';

/** A state's shape in the colour of the text around it. Decoration: the word stands beside it. */
export const SilhouetteIcon = ({ code, class: className = '' }: { code: StatusCode; class?: string }) => (
  <svg class={`silhouette ${className}`} viewBox="0 0 16 16" aria-hidden="true" data-shape={code}>
    {SILHOUETTES[code].map(({ d, line }) =>
      line === undefined ? (
        <path key={d} d={d} fill="currentColor" fill-rule="evenodd" />
      ) : (
        <path key={d} d={d} fill="none" stroke="currentColor" stroke-width={line} />
      ),
    )}
  </svg>
);

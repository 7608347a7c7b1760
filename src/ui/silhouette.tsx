import type { StatusCode } from '../gateway/status.ts';
import { STATES } from '../words/states.ts';
import { SILHOUETTES } from './silhouettes.ts';

/** A state's shape in the colour of the text around it. Decoration: the word stands beside it. */
export function SilhouetteIcon({ code }: { code: StatusCode }) {
  const { parts, viewBox = '0 0 16 16' } = SILHOUETTES[STATES[code].icon];
  return (
    <svg class="silhouette" viewBox={viewBox} aria-hidden="true" data-shape={code}>
      {parts.map(({ d, line }) =>
        line === undefined ? (
          <path key={d} d={d} fill="currentColor" fill-rule="evenodd" />
        ) : (
          <path key={d} d={d} fill="none" stroke="currentColor" stroke-width={line} />
        ),
      )}
    </svg>
  );
}

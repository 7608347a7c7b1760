import type { ComponentChildren } from 'preact';

/** What need not be read to act: a line that opens. `aside` stands at its end. */
export const Fold = ({
  label,
  note,
  aside,
  testId,
  isPanel = false,
  onToggle,
  children,
}: {
  label: string;
  /** What is in it, in few words. */
  note?: string;
  aside?: ComponentChildren;
  testId?: string;
  /** A part of a page, with a frame of its own. */
  isPanel?: boolean;
  onToggle?: (isOpen: boolean) => void;
  children: ComponentChildren;
}) => (
  <details
    class={isPanel ? 'panel fold' : 'fold'}
    data-testid={testId}
    onToggle={onToggle && (({ currentTarget }) => onToggle(currentTarget.open))}
  >
    <summary>
      {isPanel ? <h2>{label}</h2> : <span>{label}</span>}
      {note !== undefined && <span class="note">{note}</span>}
      {aside}
    </summary>
    <div>{children}</div>
  </details>
);

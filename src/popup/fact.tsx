import type { ComponentChildren } from 'preact';
import { Mark, type MarkKind } from '../ui/mark.tsx';

/** One line of what is known, and what can be done about it. */
export const Fact = ({
  mark,
  title,
  aside,
  text,
  data,
  children,
}: {
  mark: MarkKind;
  title: string;
  aside?: string | null;
  text: ComponentChildren;
  data?: Readonly<Record<`data-${string}`, string>>;
  children?: ComponentChildren;
}) => (
  <li {...data}>
    <Mark kind={mark} />
    <div>
      <h2>
        {title} {aside && <bdi class="soft version">{aside}</bdi>}
      </h2>
      <p class="soft small">
        <bdi>{text}</bdi>
      </p>
    </div>
    {children}
  </li>
);

/** For parts that a first paint can do without: each is loaded where it is first shown, and then at once everywhere. */
import type { ComponentChild, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Lazy<Props> extends FunctionComponent<Props> {
  /** Has it there by the time that it is shown. */
  readonly load: () => Promise<void>;
}

/** A component whose code comes later; until then `place` keeps its place. */
export function lazy<Props extends object>(
  importer: () => Promise<FunctionComponent<Props>>,
  place: ComponentChild = null,
): Lazy<Props> {
  let Loaded: FunctionComponent<Props> | null = null;
  let loading: Promise<void> | null = null;
  const load = (): Promise<void> => {
    loading ??= importer().then((component) => {
      Loaded = component;
    });
    return loading;
  };
  const Late = (props: Props): ComponentChild => {
    const [isShown, setShown] = useState(Loaded !== null);
    useEffect(() => {
      // It may have come since this was drawn, because something else asked for it.
      if (!isShown) void load().then(() => setShown(true));
    }, []);
    return Loaded === null ? place : <Loaded {...props} />;
  };
  return Object.assign(Late, { load });
}

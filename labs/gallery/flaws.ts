/** What can be wrong with a painted page. Each function runs in the page, so it uses nothing from outside of it. */

/** Everything that is wider than the page, or cut off by something around it; none if all can be read. */
export function overflowing(): string[] {
  const name = (element: Element): string =>
    `${element.localName}${element.className ? `.${String(element.className).replaceAll(' ', '.')}` : ''}`;
  /** Within something that clips or scrolls, which is judged itself. */
  const isHeld = ({ parentElement }: Element): boolean =>
    parentElement !== null &&
    parentElement !== document.body &&
    (getComputedStyle(parentElement).overflowX !== 'visible' || isHeld(parentElement));
  const faults: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} px wide in ${innerWidth}`);
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    if (!element.checkVisibility() || element.closest('.visually-hidden, svg, option')) continue;
    const style = getComputedStyle(element);
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && !isHeld(element) && (left < -0.5 || right > innerWidth + 0.5)) {
      faults.push(`${name(element)} reaches from ${left} to ${right}`);
    }
    if (
      ['auto', 'scroll'].includes(style.overflowX) &&
      element.scrollWidth > element.clientWidth + 1 &&
      !element.matches('input, textarea')
    )
      faults.push(`${name(element)} scrolls sideways`);
    const isClipping = [style.overflowX, style.overflowY].some(
      (value) => value === 'hidden' || value === 'clip',
    );
    const isShortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    const isWider =
      element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    // Fields scroll by themselves.
    if (isClipping && !isShortened && isWider && !element.matches('input, textarea'))
      faults.push(`${name(element)} is cut`);
    // A control's own text has nowhere to go.
    if (
      element.matches('button, summary, a') &&
      element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 0
    )
      faults.push(`${name(element)} is narrower than its text`);
  }
  return faults;
}

/** Targets smaller than 24 px either way that no running text holds (WCAG 2.5.8). */
export function tinyTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>('button, summary, input, select, textarea, a')]
    .filter((target) => target.checkVisibility() && target.closest('p') === null)
    .filter((target) => {
      const area = target.closest('label') ?? target;
      const { width, height } = area.getBoundingClientRect();
      return width < 23.5 || height < 23.5;
    })
    .map((target) => `${target.localName} "${target.textContent}" is smaller than 24 px`);
}

/** Buttons that all claim to be the next step; none if at most one of what is not folded does. */
export function leading(): string[] {
  const ground = (color: string): string => {
    const probe = document.createElement('i');
    probe.style.backgroundColor = color;
    document.body.append(probe);
    const { backgroundColor } = getComputedStyle(probe);
    probe.remove();
    return backgroundColor;
  };
  const accent = ground('var(--accent)');
  const leaders = [...document.querySelectorAll('button, a')].filter(
    (each) =>
      each.checkVisibility() &&
      each.closest('details') === null &&
      getComputedStyle(each).backgroundColor === accent,
  );
  return leaders.length > 1
    ? [`${leaders.map(({ textContent }) => `"${textContent}"`).join(' and ')} both lead`]
    : [];
}

/** Buttons that copy different commands under one name, and fields that nothing names but an example in them. */
export function namelessOrAlike(): string[] {
  const copies = [...document.querySelectorAll<HTMLElement>('button')]
    .filter((button) => button.checkVisibility() && button.closest('.command, .main-copy > :first-child'))
    .map((button) => ({
      name: button.getAttribute('aria-label') ?? button.textContent,
      command: (button.closest('.command') ?? button.closest('.main-copy')?.previousElementSibling)
        ?.querySelector('code')
        ?.textContent?.trim(),
    }));
  const alike = copies.filter(({ name, command }, index) =>
    copies.slice(0, index).some((other) => other.name === name && other.command !== command),
  );
  const nameless = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
    .filter((field) => field.checkVisibility())
    .filter(({ labels }) => ![...(labels ?? [])].some((label) => label.textContent?.trim()));
  return [
    ...alike.map(({ name }) => `two buttons are called "${name}"`),
    ...nameless.map((field) => `${field.localName} "${field.placeholder}" has no label`),
  ];
}

/** Shows all that is folded. */
export const unfold = (): void => {
  for (const each of document.querySelectorAll('details')) each.open = true;
};

/** Marks what the Tab key should come to, in that order, and tells how many there are. */
export function markStops(): number {
  const stops = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    ),
  ].filter((each) => {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.tabIndex < 0) return false;
    // Of radio buttons the Tab key comes to the one that is chosen.
    return !each.matches('input[type=radio]:not(:checked)');
  });
  stops.forEach((each, index) => {
    each.dataset.stop = String(index);
  });
  // From the page's beginning: without this the next stop is after the one that had the focus last.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  return stops.length;
}

/** Where the focus is: its number by {@link markStops}, or what is wrong with it. */
export function stopHere(): string {
  const here = document.activeElement as HTMLElement | null;
  if (here === null || here === document.body) return 'nowhere';
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const name = `${here.localName} "${here.textContent?.slice(0, 40)}"`;
  if (outlineStyle === 'none' || outlineWidth === '0px') return `${name}: the focus cannot be seen`;
  const { top, bottom, left, right } = here.getBoundingClientRect();
  const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return isInView ? (here.dataset.stop ?? `${name} was not expected`) : `${name} is out of view`;
}

/** Icons that can hardly be told from what is behind them: less than 3 to 1 (WCAG 1.4.11). */
export function faintIcons(): string[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const channels = (color: string): number[] => {
    if (!canvas) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): string => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (channels(backgroundColor)[3] === 255) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? '#121212' : '#fff';
  };
  return [...document.querySelectorAll('svg')]
    .filter((icon) => icon.checkVisibility())
    .flatMap((icon) => {
      const [path] = icon.querySelectorAll('path');
      if (!path) return [];
      const { fill, stroke } = getComputedStyle(path);
      const ink = fill === 'none' ? stroke : fill;
      const [low = 0, high = 0] = [luminance(ink), luminance(behind(icon))].sort((a, b) => a - b);
      const contrast = (high + 0.05) / (low + 0.05);
      return contrast < 3
        ? [`an icon in ${ink} on ${behind(icon)} has a contrast of ${contrast.toFixed(2)}`]
        : [];
    });
}

/** What moves. */
export const moving = (): string[] =>
  document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map((animation) => `${(animation as CSSAnimation).animationName ?? 'something'} moves`);

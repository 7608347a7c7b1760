/** What the toolbar shows. `color` is `#rrggbb`. */
export interface Badge {
  text: string;
  title: string;
  color: string;
}

/** Asks for it: to be run in a page of the extension. */
export async function readBadge(): Promise<Badge> {
  const { action } = (globalThis as any).chrome;
  const [red, green, blue] = await action.getBadgeBackgroundColor({});
  const color = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  return { text: await action.getBadgeText({}), title: await action.getTitle({}), color: `#${color}` };
}

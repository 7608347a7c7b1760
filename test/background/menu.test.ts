/** The menu behind the icon and the keyboard commands: every one that is offered does something. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { Fleet } from '../../src/background/fleet.ts';
import { runMenu } from '../../src/background/menu.ts';
import { createMenu } from '../../src/browser/worker/context-menu.ts';
import type { StatusCode } from '../../src/gateway/status.ts';

const { openPage, contextMenus } = vi.hoisted(() => ({
  openPage: vi.fn(),
  contextMenus: { removeAll: vi.fn(async () => {}), create: vi.fn() },
}));
vi.mock('../../src/browser/worker/pages.ts', () => ({ openPage }));
vi.mock('../../src/browser/api.ts', () => ({ default: { contextMenus } }));
vi.mock('../../src/browser/i18n.ts', () => ({ t: (key: string) => key }));

const fleetOf = (...codes: StatusCode[]) => {
  const dispatchAll = vi.fn();
  const fleet = { dispatchAll, snapshot: { statuses: codes.map((code) => ({ code })) } };
  return { fleet: fleet as unknown as Fleet, dispatchAll };
};

async function menuIds(): Promise<string[]> {
  await createMenu();
  return contextMenus.create.mock.calls.map(([{ id }]) => id);
}

beforeEach(() => vi.clearAllMocks());

describe('what can be chosen', () => {
  it('does something, whether in the menu or by the keyboard', async () => {
    const keyboard = Object.keys(manifest.commands).filter((name) => name !== '_execute_action');
    for (const id of new Set([...(await menuIds()), ...keyboard])) {
      const { fleet, dispatchAll } = fleetOf('healthy');
      openPage.mockClear();
      await runMenu(id, fleet);
      expect([id, dispatchAll.mock.calls.length + openPage.mock.calls.length]).toEqual([id, 1]);
    }
  });

  it('has words, and no key that the user did not assign', () => {
    for (const [name, command] of Object.entries<{ description?: string }>(manifest.commands)) {
      expect(command).not.toHaveProperty('suggested_key');
      if (name === '_execute_action') continue;
      expect(Object.keys(messages)).toContain(command.description?.replace(/^__MSG_|__$/g, ''));
    }
    expect(Object.keys(manifest.commands)).toContain('_execute_action');
  });

  it('stands behind the icon alone, and each once', async () => {
    const ids = await menuIds();
    expect(new Set(ids).size).toBe(ids.length);
    expect(contextMenus.removeAll).toHaveBeenCalledBefore(contextMenus.create);
    for (const [item] of contextMenus.create.mock.calls) expect(item.contexts).toEqual(['action']);
  });
});

describe('one word for all gateways', () => {
  it.each([
    [['healthy', 'paused'], 'pause-requested'],
    [['paused', 'paused'], 'resume-requested'],
    [['needs-you'], 'pause-requested'],
  ] as const)('%j: %s', async (codes, type) => {
    const { fleet, dispatchAll } = fleetOf(...codes);
    await runMenu('pause-or-resume', fleet);
    expect(dispatchAll.mock.calls).toEqual([[{ type }]]);
  });

  it('[R19] checks them all, and says of none that it is the right one', async () => {
    const { fleet, dispatchAll } = fleetOf('healthy', 'down');
    await runMenu('check-now', fleet);
    expect(dispatchAll.mock.calls).toEqual([[{ type: 'check-requested', by: 'fleet' }]]);
  });

  it('ignores what it does not know', async () => {
    const { fleet, dispatchAll } = fleetOf('healthy');
    await runMenu('of-a-newer-version', fleet);
    expect(dispatchAll).not.toHaveBeenCalled();
    expect(openPage).not.toHaveBeenCalled();
  });
});

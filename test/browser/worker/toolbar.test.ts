import { beforeEach, describe, expect, it, vi } from 'vitest';
import { drawToolbar } from '../../../src/browser/worker/toolbar.ts';
import { faceOf } from '../../../src/words/face.ts';
import { fakeBrowser } from '../../fakes/browser-api.ts';
import { NOW, statusOf } from '../../fixtures/statuses.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

describe('drawing the toolbar', () => {
  const { action } = fakeBrowser;
  const drawings = () => Object.values(action).reduce((sum, each) => sum + each.mock.calls.length, 0);
  beforeEach(() => vi.clearAllMocks());

  it('draws everything once, then only what changed, then nothing', async () => {
    const fine = faceOf([statusOf()], NOW);
    drawToolbar(fine);
    await vi.waitFor(() => expect(drawings()).toBe(5));
    expect(action.setIcon).toHaveBeenCalledWith({
      path: { 16: '/icons/healthy-16.png', 32: '/icons/healthy-32.png' },
    });
    expect(action.setBadgeTextColor).toHaveBeenCalledWith({ color: '#FFFFFF' });
    drawToolbar({ ...fine });
    expect(drawings()).toBe(5);
    drawToolbar({ ...fine, badge: 'OK' });
    expect(drawings()).toBe(6);
    expect(action.setBadgeText).toHaveBeenLastCalledWith({ text: 'OK' });
  });

  it('draws the picture anew in another set', async () => {
    const fine = faceOf([statusOf()], NOW);
    drawToolbar(fine, 'color');
    vi.clearAllMocks();
    drawToolbar(fine, 'color-on-dark');
    expect(action.setIcon).toHaveBeenCalledWith({
      path: { 16: '/icons/color-on-dark/healthy-16.png', 32: '/icons/color-on-dark/healthy-32.png' },
    });
    expect(drawings()).toBe(1);
  });

  it('draws again what the browser refused', async () => {
    const face = faceOf([statusOf({ code: 'down' })], NOW);
    action.setIcon.mockRejectedValueOnce(new Error('no icon'));
    drawToolbar(face);
    await new Promise((resolve) => setTimeout(resolve));
    vi.clearAllMocks();
    drawToolbar(face);
    expect(action.setIcon).toHaveBeenCalledTimes(1);
    expect(drawings()).toBe(1);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import { faceOf } from '../../src/words/face.ts';
import { iconSet } from '../../src/words/icon-set.ts';
import { TONE_COLORS } from '../../src/words/states.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

describe('the face of the toolbar', () => {
  it.each([
    ['unknown', null, '', '#5F6368', 'checking the gateway. Last reply at 14:03.'],
    ['healthy', null, '', '#0B7A4B', 'connected. Last checked at 14:03.'],
    ['healed', null, '', '#0B7A4B', 'reconnected. The pairing was repaired at'],
    ['reconnecting', 'connection-lost', '...', '#5F6368', 'connection lost at 14:02. Reconnecting.'],
    ['starting', 'gateway-restarting', '...', '#5F6368', 'the gateway has been restarting since 14:02.'],
    ['starting', 'gateway-stopping', '...', '#5F6368', 'announced a shutdown at 14:02.'],
    ['down', 'gateway-stopping', 'down', '#5F6368', 'stopped in an orderly way at 14:02.'],
    ['down', 'gateway-unreachable', 'down', '#5F6368', 'gateway unreachable since 14:02.'],
    ['offline', 'offline', 'down', '#5F6368', 'this computer has been offline since 14:02.'],
    ['approval', 'not-paired', 'ask', '#8A5A00', 'waiting for your approval. Click for the command.'],
    ['needs-you', 'gateway-secret-mismatch', '!', '#B3261E', 'Gateway secret rejected. Click for the steps.'],
    ['limited', 'rate-limited', 'wait', '#8A5A00', 'Waiting until 14:08.'],
    ['relay', null, 'R!', '#8A5A00', 'gateway connected. The browser relay is turned off.'],
    ['paused', null, '', '#5F6368', 'monitoring is paused.'],
  ] as const)('%s (%s): badge "%s"', (code, cause, badge, color, words) => {
    const status = statusOf({ code, cause, nextTryAt: NOW + 300_000 });
    const face = faceOf([status], NOW);
    expect(face).toMatchObject({ icon: code, badge, color });
    expect(face.tooltip).toContain(words);
    expect(face.tooltip).toMatch(/^Local gateway: .*\.$/);
    expect(face.tooltip).not.toMatch(/ago|_/);
  });

  it('does not say that a connection was lost that never was', () => {
    const face = faceOf([statusOf({ code: 'reconnecting', cause: 'handshake-failed', provenAt: null })], NOW);
    expect(face.tooltip).toBe('Local gateway: not connected yet. Trying since 14:02.');
  });

  it('invites to pair when there is no gateway', () => {
    expect(faceOf([], NOW)).toMatchObject({ icon: 'not-set-up', badge: '+', color: '#1F5FBF' });
  });

  it('does not invite to pair over stored data that it could not read', () => {
    expect(faceOf([], NOW, 'newer')).toMatchObject({ icon: 'needs-you', badge: '!' });
  });

  it('writes nothing for a blip, but changes the picture at once', () => {
    for (const code of ['reconnecting', 'starting'] as const) {
      expect(faceOf([statusOf({ code, isVisible: false })], NOW)).toMatchObject({ icon: code, badge: '' });
    }
    expect(faceOf([statusOf({ code: 'down', isVisible: false })], NOW).badge).toBe('down');
  });

  it('writes OK for a gateway that works, if asked to, whether or not it was repaired', () => {
    for (const code of ['healthy', 'healed'] as const) {
      expect(faceOf([statusOf({ code })], NOW, null, { showsOk: true, countsOthers: false }).badge).toBe(
        'OK',
      );
    }
  });

  it('counts other clients that are rejected, if asked to, and only where all is well', () => {
    const asked = { showsOk: true, countsOthers: true };
    expect(faceOf([statusOf()], NOW, null, asked, 2)).toMatchObject({
      icon: 'healthy',
      badge: '2',
      color: TONE_COLORS.attention,
    });
    expect(faceOf([statusOf()], NOW, null, asked, 2).tooltip).toContain('Other clients rejected: 2.');
    expect(faceOf([statusOf()], NOW, null, asked, 0).badge).toBe('OK');
    expect(faceOf([statusOf()], NOW, null, { ...asked, countsOthers: false }, 2).badge).toBe('OK');
    expect(faceOf([statusOf({ code: 'needs-you' })], NOW, null, asked, 2).badge).toBe('!');
  });

  it('fits every badge into four characters', () => {
    for (const code of STATUS_CODES) expect(faceOf([statusOf({ code })], NOW).badge).toMatch(/^[ -~]{0,4}$/);
  });

  it('shows the worst of several, and a paused one never counts', () => {
    const [fine, paused] = [statusOf(), statusOf({ code: 'paused' })];
    expect(faceOf([paused, fine], NOW).icon).toBe('healthy');
    expect(faceOf([fine, statusOf({ code: 'down' }), statusOf({ code: 'approval' })], NOW).icon).toBe(
      'approval',
    );
  });

  it('counts them when more than one needs the user', () => {
    const face = faceOf(
      [
        statusOf(),
        statusOf({ code: 'approval', address: 'wss://lab.example.com', reach: 'public' }),
        statusOf({ code: 'needs-you', address: 'wss://office.example.com', reach: 'public' }),
      ],
      NOW,
    );
    expect(face).toMatchObject({ icon: 'needs-you', badge: '!2', color: '#B3261E' });
    expect(face.tooltip).toContain('2 of 3 gateways need you (lab.example.com, office.example.com)');
  });
});

describe('the set of icons', () => {
  it.each([
    ['auto', null, 'color'],
    ['auto', 'light', 'color'],
    ['auto', 'dark', 'color-on-dark'],
    ['color', 'dark', 'color'],
    ['on-light', 'dark', 'on-light'],
    ['on-dark', 'light', 'on-dark'],
  ] as const)('%s, with a page that saw %s: %s', (chosen, seen, set) => {
    expect(iconSet(chosen, seen)).toBe(set);
  });
});

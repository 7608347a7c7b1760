/** [R21] A device token that there is no room to store. */
import { describe, expect, it } from 'vitest';
import {
  closed,
  gatewaySecret,
  handshake,
  hello,
  Play,
  type Played,
  setupCode,
  T0,
} from '../fixtures/play.ts';

const unwritten = (serial: string): Played =>
  hello(serial, { deviceToken: { serial, issuedAt: T0, isUnwritten: true } });
const written = (serial: string): Played => ({ type: 'device-token-written', serial });

describe('[R21] a device token without room', () => {
  it.each<[string, () => Played, string]>([
    ['setup code', setupCode, 'setup-code'],
    ['secret that was not to be remembered', () => gatewaySecret(false), 'gateway-secret'],
  ])('keeps the %s that brought it until it is written', (_, brought, kind) => {
    const play = new Play().on(brought(), ...handshake, unwritten('token-1'));
    expect(play.status).toMatchObject({
      code: 'healthy',
      isWithoutDeviceToken: false,
      isPairingUnwritten: true,
    });
    expect(play.count('forget')).toBe(0);
    play.on(written('another'));
    expect(play.status.isPairingUnwritten).toBe(true);
    play.on(written('token-1'));
    expect(play.last).toEqual([expect.objectContaining({ type: 'forget', credential: kind })]);
    expect(play.status.isPairingUnwritten).toBe(false);
    expect(play.on(written('token-1')).last).toEqual([]);
  });

  it('is what the next connect carries, not what brought it', () => {
    const play = new Play().on(setupCode(), ...handshake, unwritten('token-1'));
    play.after(15_000).on(closed(1006), ...handshake);
    expect(play.sent).toEqual(['setup-code', 'device-token']);
  });

  it('goes with the worker, and what brought it has its turn again', () => {
    const play = new Play().on(setupCode(), ...handshake, unwritten('token-1'), { type: 'worker-started' });
    play.on(...handshake, { type: 'credential-unreadable', credential: 'device-token' }, ...handshake);
    expect(play.sent).toEqual(['setup-code', 'device-token', 'setup-code']);
    expect(play.on(hello('token-2')).status).toMatchObject({ code: 'healthy', isPairingUnwritten: false });
    expect(play.state.held.setupCode).toBeNull();
  });

  it('is no reason to forget a secret that is remembered', () => {
    const play = new Play().on(gatewaySecret(), ...handshake, unwritten('token-1'), written('token-1'));
    expect(play.count('forget')).toBe(0);
    expect(play.state.held.gatewaySecret?.isRemembered).toBe(true);
  });
});

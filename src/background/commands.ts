/** What a page asked for, done. Every command gets a reply; bad input changes nothing. */
import type { Command, Reply } from '../messages.ts';
import { recognise } from '../pairing/recognise.ts';
import { Secret } from '../secret.ts';
import type { Fleet } from './fleet.ts';

export async function runCommand(fleet: Fleet, command: Command): Promise<Reply> {
  switch (command.type) {
    case 'pair':
      return pair(fleet, command);
    case 'check':
      return sent(fleet, command.gatewayId, { type: 'check-requested', by: 'user' });
    case 'pause':
      return sent(fleet, command.gatewayId, { type: 'pause-requested' });
    case 'resume':
      return sent(fleet, command.gatewayId, { type: 'resume-requested' });
    case 'dismiss-notice':
      return sent(fleet, command.gatewayId, { type: 'notice-dismissed' });
    case 'forget-secret':
      return sent(fleet, command.gatewayId, { type: 'gateway-secret-withdrawn' });
    case 'forget-gateway':
      return fleet.forget(command.gatewayId).then(
        () => ({ ok: true, gatewayId: null }) as const,
        () => ({ ok: false, problem: 'storage-failed' }) as const,
      );
    default:
      return command satisfies never;
  }
}

function sent(fleet: Fleet, gatewayId: string, event: Parameters<Fleet['dispatch']>[1]): Reply {
  return fleet.dispatch(gatewayId, event)
    ? { ok: true, gatewayId }
    : { ok: false, problem: 'unknown-gateway' };
}

async function pair(fleet: Fleet, command: Command & { type: 'pair' }): Promise<Reply> {
  const pastedOn = command.gatewayId === null ? null : fleet.find(command.gatewayId);
  const seen = recognise(command.text, {
    now: Date.now(),
    ...(pastedOn ? { address: pastedOn.address } : {}),
  });
  try {
    switch (seen.kind) {
      case 'setup-code': {
        const { address, reach, setupCode, expiresAt } = seen;
        const credential = { kind: 'setup-code', secret: setupCode, expiresAt } as const;
        return { ok: true, gatewayId: await fleet.pair({ address, reach }, credential) };
      }
      case 'gateway-secret': {
        const { address, reach, secret } = seen;
        const credential = { kind: 'gateway-secret', secret, isRemembered: command.remember } as const;
        return { ok: true, gatewayId: await fleet.pair({ address, reach }, credential) };
      }
      case 'address': {
        const { address, reach } = seen;
        if (command.withoutSecret) {
          return { ok: true, gatewayId: await fleet.pair({ address, reach }, { kind: 'none' }) };
        }
        const typed = command.secret?.trim() ?? '';
        if (typed === '') return { ok: false, problem: 'secret-needed' };
        const secret = new Secret(typed);
        const credential = { kind: 'gateway-secret', secret, isRemembered: command.remember } as const;
        return { ok: true, gatewayId: await fleet.pair({ address, reach }, credential) };
      }
      case 'not-usable':
        return { ok: false, problem: seen.what };
      case 'problem':
        return { ok: false, problem: seen.problem };
      default:
        return seen satisfies never;
    }
  } catch {
    // Storage refused. The text is still in the page's field.
    return { ok: false, problem: 'storage-failed' };
  }
}

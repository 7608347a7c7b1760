/** What a page asked for, done. Every command gets a reply; bad input changes nothing. */

import type { DashboardTabs } from '../browser/worker/dashboard-tabs.ts';
import { presentable } from '../foreign-text.ts';
import { LONGEST_NAME } from '../gateway/status.ts';
import type { Command, Reply } from '../messages.ts';
import { parseGatewayAddress } from '../pairing/address.ts';
import { redirected } from '../pairing/meant-for.ts';
import { recognise } from '../pairing/recognise.ts';
import { typedSecret } from '../pairing/typed-secret.ts';
import { dashboardOf, pageOf } from '../words/shown-address.ts';
import type { Fleet } from './fleet.ts';
import type { OthersWatch } from './others-watch.ts';
import type { Presenter } from './presenter.ts';

const STORAGE_FAILED = { ok: false, problem: 'storage-failed' } as const;
const UNKNOWN_GATEWAY = { ok: false, problem: 'unknown-gateway' } as const;

export async function runCommand(
  fleet: Fleet,
  presenter: Presenter,
  dashboards: DashboardTabs,
  others: OthersWatch,
  command: Command,
): Promise<Reply> {
  switch (command.type) {
    case 'pair':
      return pair(fleet, command);
    case 'turn-on-repair':
      return turnOnRepair(fleet, command);
    case 'check':
      return sent(fleet, command.gatewayId, { type: 'check-requested', by: 'user' });
    case 'open-dashboard':
    case 'open-way': {
      const [urlOf, purpose] =
        command.type === 'open-way' ? ([pageOf, 'way'] as const) : ([dashboardOf, 'approval'] as const);
      const url = urlOf(fleet.find(command.gatewayId)?.address ?? '');
      if (url === null) return UNKNOWN_GATEWAY;
      return dashboards.open(command.gatewayId, url, purpose).then(
        () => ({ ok: true, gatewayId: command.gatewayId }) as const,
        () => ({ ok: false, problem: 'no-tab' }) as const,
      );
    }
    case 'pause':
      return sent(fleet, command.gatewayId, { type: 'pause-requested' });
    case 'resume':
      return sent(fleet, command.gatewayId, { type: 'resume-requested' });
    case 'dismiss-notice':
      return sent(fleet, command.gatewayId, { type: 'notice-dismissed' });
    case 'forget-secret':
      return sent(fleet, command.gatewayId, { type: 'gateway-secret-withdrawn' });
    case 'forget-relay-key':
      return stored(command.gatewayId, fleet.forgetRelayKey(command.gatewayId));
    case 'rename-gateway': {
      const name = command.name === null ? '' : presentable(command.name);
      if (name.length > LONGEST_NAME) return { ok: false, problem: 'name-too-long' };
      return stored(command.gatewayId, fleet.rename(command.gatewayId, name === '' ? null : name));
    }
    case 'put-first':
      return stored(command.gatewayId, fleet.putFirst(command.gatewayId));
    case 'delete-history':
      return stored(
        command.gatewayId,
        presenter.historian.erase(command.gatewayId).then(() => true),
      );
    case 'watch-others':
      if (fleet.find(command.gatewayId) === null) return UNKNOWN_GATEWAY;
      return stored(
        command.gatewayId,
        others.choose(command.gatewayId, command.isOn).then(() => true),
      );
    case 'set-settings':
      return presenter.choose(command.settings).then(
        () => ({ ok: true, gatewayId: null }) as const,
        () => STORAGE_FAILED,
      );
    case 'forget-gateway':
      return fleet
        .forget(command.gatewayId)
        .then(() => presenter.historian.erase(command.gatewayId))
        .then(() => others.choose(command.gatewayId, false))
        .then(
          () => ({ ok: true, gatewayId: null }) as const,
          () => STORAGE_FAILED,
        );
    default:
      return command satisfies never;
  }
}

/** The reply to what had to be written down: `done` says whether there is such a gateway. */
const stored = (gatewayId: string, done: Promise<boolean>): Promise<Reply> =>
  done.then(
    (isKnown) => (isKnown ? { ok: true, gatewayId } : UNKNOWN_GATEWAY),
    () => STORAGE_FAILED,
  );

function sent(fleet: Fleet, gatewayId: string, event: Parameters<Fleet['dispatch']>[1]): Reply {
  return fleet.dispatch(gatewayId, event) ? { ok: true, gatewayId } : UNKNOWN_GATEWAY;
}

/** [R22] What comes of it is seen in the gateway's status. */
async function turnOnRepair(
  fleet: Fleet,
  { gatewayId, text }: Command & { type: 'turn-on-repair' },
): Promise<Reply> {
  const gateway = fleet.find(gatewayId);
  if (gateway === null) return UNKNOWN_GATEWAY;
  const secret = typedSecret(text, gateway.address);
  if (typeof secret === 'string') return { ok: false, problem: secret };
  try {
    const problem = await fleet.addRepairSecret(gatewayId, secret);
    return problem === null ? { ok: true, gatewayId } : { ok: false, problem };
  } catch {
    return STORAGE_FAILED;
  }
}

async function pair(fleet: Fleet, command: Command & { type: 'pair' }): Promise<Reply> {
  const pastedOn = command.gatewayId === null ? null : fleet.find(command.gatewayId);
  const pasted = recognise(command.text, {
    now: Date.now(),
    ...(pastedOn ? { address: pastedOn.address } : {}),
  });
  const at = command.at === undefined ? null : parseGatewayAddress(command.at);
  if (at?.ok === false) return { ok: false, problem: at.problem };
  const seen = at === null ? pasted : redirected(pasted, { ...at.address, address: at.address.url });
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
        const secret = typedSecret(command.secret ?? '', address);
        if (typeof secret === 'string') return { ok: false, problem: secret };
        const credential = { kind: 'gateway-secret', secret, isRemembered: command.remember } as const;
        return { ok: true, gatewayId: await fleet.pair({ address, reach }, credential) };
      }
      case 'relay-key': {
        const gatewayId = await fleet.addRelayKey(seen, command.gatewayId);
        // It belongs to a gateway that is not paired: it is not kept, and says nothing that would help to pair it.
        return gatewayId === null ? { ok: false, problem: 'relay-pairing-string' } : { ok: true, gatewayId };
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
    return STORAGE_FAILED;
  }
}

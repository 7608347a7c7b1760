/** The paired devices of a gateway from 2026.9 on, changed behind its back: what a restored backup does. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Gateway } from './openclaw.ts';

/** Columns of a device's record that matter here; lists are JSON. */
export interface DeviceRecord {
  platform: string;
  client_id: string;
  scopes_json: string;
  approved_scopes_json: string;
  tokens_json: string;
}

const openStore = (gateway: Gateway): DatabaseSync =>
  new DatabaseSync(join(gateway.home, 'state/state/openclaw.sqlite'));

/** Changes one record. The gateway reads it at every connect. */
export function editPairedDevice(
  gateway: Gateway,
  deviceId: string,
  change: (record: DeviceRecord) => Partial<DeviceRecord>,
): void {
  const store = openStore(gateway);
  try {
    const row = store.prepare('select * from device_pairing_paired where device_id = ?').get(deviceId);
    if (!row) throw new Error('the gateway has no such device');
    for (const [column, value] of Object.entries(change(row as unknown as DeviceRecord)))
      store
        .prepare(`update device_pairing_paired set ${column} = ? where device_id = ?`)
        .run(value, deviceId);
  } finally {
    store.close();
  }
}

/** A device as its owner would have approved it, with the token that it holds. */
export interface ApprovedDevice {
  deviceId: string;
  publicKey: string;
  clientId: string;
  origin: string;
  role: string;
  scopes: readonly string[];
  deviceToken: string;
}

/**
 * Pairs devices without asking anybody: the command line takes 2 s for each. The gateway must have run once, and finds
 * them at their next connect.
 */
export function addPairedDevices(gateway: Gateway, devices: readonly ApprovedDevice[]): void {
  const store = openStore(gateway);
  const insert = store.prepare(
    `insert into device_pairing_paired (device_id, public_key, display_name, platform, client_id, client_mode,
       browser_origin, role, roles_json, scopes_json, approved_scopes_json, tokens_json, approved_via, created_at_ms,
       approved_at_ms)
     values (?, ?, 'Relay Health', 'browser-extension', ?, 'ui', ?, ?, ?, ?, ?, ?, 'owner', ?, ?)`,
  );
  try {
    store.exec('begin');
    for (const { deviceId, publicKey, clientId, origin, role, scopes, deviceToken } of devices) {
      const now = Date.now();
      const token = { token: deviceToken, role, scopes, createdAtMs: now };
      const granted = JSON.stringify(scopes);
      const tokens = JSON.stringify({ [role]: token });
      const roles = JSON.stringify([role]);
      insert.run(deviceId, publicKey, clientId, origin, role, roles, granted, granted, tokens, now, now);
    }
    store.exec('commit');
  } finally {
    store.close();
  }
}

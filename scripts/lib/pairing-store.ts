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

/** Changes one record. The gateway reads it at every connect. */
export function editPairedDevice(
  gateway: Gateway,
  deviceId: string,
  change: (record: DeviceRecord) => Partial<DeviceRecord>,
): void {
  const store = new DatabaseSync(join(gateway.home, 'state/state/openclaw.sqlite'));
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

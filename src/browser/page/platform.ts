/** Which system a gateway runs on: what the user said, else the best guess. */
import type { GatewayRecord } from '../../gateway/status.ts';
import type { Platform } from '../../remedy/types.ts';
import browser from '../api.ts';
import { prefer, preferencesOf } from './preferences.ts';

/** The browser's names for its systems, as far as a gateway runs there too. */
const BY_OS: Readonly<Record<string, Platform>> = { mac: 'macos', win: 'windows' };

/** A gateway on this computer runs on its system; of any other most run on Linux. Never throws. */
async function likelyPlatform(reach: GatewayRecord['reach']): Promise<Platform> {
  if (reach !== 'loopback') return 'linux';
  try {
    return BY_OS[(await browser.runtime.getPlatformInfo()).os] ?? 'linux';
  } catch {
    return 'linux';
  }
}

/** Where this gateway runs. `null` for the id of one that is not known yet. Never throws. */
export async function platformOf(gatewayId: string | null, reach: GatewayRecord['reach']): Promise<Platform> {
  const chosen = gatewayId === null ? null : (await preferencesOf(gatewayId)).platform;
  return chosen ?? likelyPlatform(reach);
}

/** Keeps what the user chose. A disk that refuses costs nothing but the choice. */
export async function choosePlatform(gatewayId: string | null, platform: Platform): Promise<void> {
  if (gatewayId !== null) await prefer(gatewayId, { platform });
}

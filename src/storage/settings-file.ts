/**
 * Settings as a file, to carry them to another browser. It holds no secret, and reading it makes no gateway: one
 * without credentials would be of no use. Pure.
 */
import * as z from 'zod/mini';
import { type GatewayRecord, LONGEST_NAME } from '../gateway/status.ts';
import { parsed } from '../parse.ts';
import { type Settings, settingsSchema, withoutOthers } from '../settings.ts';

const FORMAT = 'relay-health-settings';
const VERSION = 2;

/** Characters. Ours has a few hundred. */
export const LONGEST_FILE = 200_000;

const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  settings: settingsSchema,
  /** What the user calls the gateways at these addresses. */
  names: z.array(
    z.object({
      address: z.string().check(z.maxLength(2_000)),
      name: z.string().check(z.minLength(1), z.maxLength(LONGEST_NAME)),
    }),
  ),
});

export interface SettingsFile {
  readonly settings: Settings;
  readonly names: readonly { readonly address: string; readonly name: string }[];
}

/** A snooze is about today, and stays here. */
export function writeSettingsFile(
  settings: Settings,
  gateways: readonly Pick<GatewayRecord, 'address' | 'name'>[],
): string {
  const file: z.infer<typeof fileSchema> = {
    format: FORMAT,
    version: VERSION,
    settings: { ...settings, notify: { ...settings.notify, snoozedUntil: null } },
    names: gateways.flatMap(({ address, name }) => (name === null ? [] : [{ address, name }])),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const earlierSchema = z.looseObject({
  version: z.literal(1),
  settings: z.looseObject({ notify: z.looseObject({}) }),
});

/** A file of an earlier version as this one would have written it. */
function renewed(raw: unknown): unknown {
  const { data } = earlierSchema.safeParse(raw);
  return data ? { ...data, version: VERSION, settings: withoutOthers(data.settings) } : raw;
}

/** `newer`: of a version of this extension that is newer than this one. `broken`: no such file, or not whole. */
export function readSettingsFile(text: string): SettingsFile | 'newer' | 'broken' {
  if (text.length > LONGEST_FILE) return 'broken';
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return 'broken';
  }
  const file = parsed(fileSchema, renewed(raw));
  if (file) return { settings: file.settings, names: file.names };
  const newer = z.object({ format: z.literal(FORMAT), version: z.number().check(z.gt(VERSION)) });
  return parsed(newer, raw) ? 'newer' : 'broken';
}

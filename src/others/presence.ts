/**
 * Who is connected, by what the gateway says: the answer to `system-presence`, and the event of that name. Pure.
 *
 * - O6 Neither we nor the gateway itself are among them. Gateways list no command line, and older ones forget who is quiet:
 *   a client that is not listed may be there all the same. One that left is remembered for a day.
 * - O12 Since when a client is there is known where we saw it come. The list itself does not say: from 2026.8 on its times are
 *   those of the last heartbeat, and of the person's first client.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import { DEVICE, type Reader } from './log.ts';
import { shown } from './shown.ts';
import { type Others, VISITOR, type Visitor } from './state.ts';

z.config({ jitless: true });

const visitorSchema = z.object({ ...VISITOR, host: shown, platform: shown });

/** A gateway lists 200 at most. */
const MOST = 60;
const LEFT_FOR_MS = 86_400_000;

interface Meeting extends Pick<Reader, 'ownDevices' | 'skewMs' | 'now'> {
  /** There was a list before over this connection: who is news has just come. */
  readonly isFollowed: boolean;
}

/** After such a list. The same object where nobody came or left, or where it is no list. Never throws. */
export function meet(
  others: Others,
  payload: unknown,
  { ownDevices, skewMs, now, isFollowed }: Meeting,
): Others {
  const { presence = payload } = { ...(payload as { presence?: unknown } | null) };
  if (!Array.isArray(presence)) return others;
  const before = others.visitors;
  const ours = (at: number | null): number => Math.min(at === null ? now : at - skewMs, now);
  const here = presence.slice(0, 2 * MOST).flatMap((each): Visitor[] => {
    const entry = parsed(visitorSchema, each);
    if (!entry || ownDevices.includes(entry.deviceId ?? '')) return [];
    const visitor = {
      ...entry,
      deviceId: entry.deviceId?.slice(0, DEVICE) ?? null,
      onlineSince: isFollowed ? ours(entry.ts) : null,
      ts: ours(entry.ts),
    };
    const known = before.find((one) => whoIs(one) === whoIs(visitor));
    if (known?.reason === visitor.reason) return [known];
    const hasLeft = visitor.reason === 'disconnect';
    return [hasLeft ? { ...visitor, onlineSince: known?.onlineSince ?? null } : visitor];
  });
  const left = before.filter(
    (each) =>
      each.reason === 'disconnect' &&
      now - (each.ts ?? 0) < LEFT_FOR_MS &&
      !here.some((one) => whoIs(one) === whoIs(each)),
  );
  const visitors = [...left, ...here].slice(-MOST);
  const isSame = visitors.length === before.length && visitors.every((each, at) => each === before[at]);
  return isSame ? others : { ...others, visitors };
}

const whoIs = ({ deviceId, clientId, mode, host, ip }: Visitor): string =>
  [deviceId ?? [clientId, mode, host, ip]].join();

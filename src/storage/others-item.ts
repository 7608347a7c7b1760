import { type Others, othersSchema } from '../others/state.ts';
import { defineItem } from './item.ts';

/** Version 2 knows what was told by a notification. */
const untold = (old: unknown): unknown => {
  const others = old as Others;
  return { ...others, refused: others.refused.map((each) => ({ ...each, toldAt: null })) };
};

/**
 * The other clients of a gateway, and with it the user's consent to read of them: nothing lies there without. Lives until
 * the consent is withdrawn, or as long as its gateway; what is in it thirty days.
 */
export const othersItem = (gatewayId: string) =>
  defineItem({
    key: `others:${gatewayId}`,
    version: 2,
    schema: othersSchema,
    migrations: { 1: untold },
  });

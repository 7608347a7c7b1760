import { othersSchema } from '../others/state.ts';
import { defineItem } from './item.ts';

/**
 * The other clients of a gateway, and with it the user's consent to read of them: nothing lies there without. Lives until
 * the consent is withdrawn, or as long as its gateway; what is in it thirty days.
 */
export const othersItem = (gatewayId: string) =>
  defineItem({ key: `others:${gatewayId}`, version: 1, schema: othersSchema });

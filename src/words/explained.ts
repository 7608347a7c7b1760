/** The words for what a pasted text says: what happened, and to whom. */
import { type MessageKey, messageOf, t } from '../browser/i18n.ts';
import type { CureId } from '../explain/cures.ts';
import { type ClientKind, type ExplainedCode, isOtherCode } from '../explain/types.ts';
import { type Snake, snake, titleOf } from './faults.ts';

/** A title that speaks of any client: where ours speaks of this browser, or there is none, it has one of its own. */
export const titleOfCode = (code: ExplainedCode): string =>
  messageOf(`explain_title_${snake(code)}`) ??
  messageOf(`cause_${snake(code)}_name`) ??
  (isOtherCode(code) ? code : titleOf(code));

export const clientName = (client: ClientKind): string => t(keyed('explain_client', client));

export const cureWords = (cure: CureId): string => t(keyed('explain_cure', cure));

const keyed = <Prefix extends string, Code extends string>(
  prefix: Prefix,
  code: Code,
): `${Prefix}_${Snake<Code>}` & MessageKey =>
  `${prefix}_${code.replaceAll('-', '_')}` as `${Prefix}_${Snake<Code>}` & MessageKey;

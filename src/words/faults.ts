/** What there is to say about a fault. */
import { messageOf, t } from '../browser/i18n.ts';
import { type Fault, OWN_FAULTS, type OwnFault } from '../doctor/types.ts';
import { type Cause, causeOf } from '../gateway/causes.ts';
import { FINDINGS } from '../gateway/finding.ts';
import type { RelayCause, RelayFault } from '../relay/causes.ts';

export type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : S;

/** The message for one part of a cause's card; the compiler knows that every cause has all five. */
export const causeKey = <Part extends 'title' | 'happened' | 'did' | 'todo' | 'impact'>(
  cause: Cause,
  part: Part,
): `cause_${Snake<Cause>}_${Part}` => `cause_${cause.replaceAll('-', '_') as Snake<Cause>}_${part}`;

/** What a relay's cause is in one line. */
export const relayLineKey = (cause: RelayCause): `${Snake<RelayCause>}_row` =>
  `${cause.replaceAll('-', '_') as Snake<RelayCause>}_row`;

/** The message for one part of a relay fault's card. */
export const relayKey = <Part extends 'title' | 'happened' | 'todo'>(
  fault: RelayFault,
  part: Part,
): `${Snake<RelayFault>}_${Part}` => `${fault.replaceAll('-', '_') as Snake<RelayFault>}_${part}`;

/** A code as it stands in the keys of messages. */
export const snake = <S extends string>(code: S): Snake<Lowercase<S>> =>
  code.toLowerCase().replaceAll('-', '_') as Snake<Lowercase<S>>;

/** Relay codes carry their family in the code; findings and causes in the key. */
const keyOf = (fault: Fault): string =>
  fault.startsWith('relay-') ? snake(fault) : `${familyOf(fault)}_${snake(fault)}`;

/** What was proved of the way is told from its words: a page that shows none of it need not know the codes. */
const familyOf = (fault: Fault): 'finding' | 'road' | 'cause' =>
  FINDINGS.some((code) => code === fault)
    ? 'finding'
    : messageOf(`road_${snake(fault)}_title`) === null
      ? 'cause'
      : 'road';

const isOwn = (fault: Fault): fault is OwnFault => OWN_FAULTS.some((own) => own === fault);

/** What a fault is called. A relay that is not at fault has its line instead; a code without words is its own name. */
export const titleOf = (fault: Fault): string =>
  isOwn(fault)
    ? t(`doctor_fault_${snake(fault)}_title`)
    : (messageOf(`${keyOf(fault)}_title`) ?? messageOf(`${keyOf(fault)}_row`) ?? fault);

/** The same as a noun, for lists of what was and what is: "Approval needed" where a card says "Approve this browser". */
export const nameOf = (fault: Fault): string => messageOf(`${keyOf(fault)}_name`) ?? titleOf(fault);

/** "1008 device token mismatch": the close and its words, as people search for them; else our own code, untranslated. */
export const closeWords = (cause: Cause | RelayCause, closeCode: number | null): string =>
  (isRelayCause(cause) ? undefined : causeOf(cause).close) ??
  [closeCode, cause].filter((part) => part !== null).join(' ');

const isRelayCause = (cause: Cause | RelayCause): cause is RelayCause => cause.startsWith('relay-');

/** One part of what there is to say about a fault; `null` where nothing is. */
export function partOf(
  fault: Fault,
  part: 'happened' | 'did' | 'todo' | 'impact',
  ...figures: readonly string[]
): string | null {
  if (!isOwn(fault)) return messageOf(`${keyOf(fault)}_${part}`, ...figures);
  return part === 'todo' ? t(`doctor_fault_${snake(fault)}_todo`) : null;
}

/** What a look inside the gateway answers of the questions that the doctor would ask a person. Pure. */
import type { Inside } from '../inside/types.ts';
import type { Reach } from '../reach.ts';
import type { QuestionId } from './questions.ts';

export type Answered = { readonly [Id in QuestionId]?: string };

/**
 * A gateway that listens for its own computer alone, and is reached from another one, has something between. Of the other way
 * round nothing follows: a proxy may stand before any gateway.
 */
export function answeredBy({ config }: Pick<Inside, 'config'>, reach: Reach): Answered {
  const isLocalAlone = config.type === 'told' && config.value.bind === 'loopback';
  return isLocalAlone && reach !== 'loopback' ? { proxy_between: 'yes' } : {};
}

import { expect, it } from 'vitest';
import { answeredBy } from '../../src/doctor/answered.ts';
import { answered, insideOf } from '../inside/fixtures.ts';

const bound = (bind: string) => insideOf({ 'config.get': answered({ config: { gateway: { bind } } }) });

it.each([
  ['loopback', 'private', { proxy_between: 'yes' }],
  ['loopback', 'public', { proxy_between: 'yes' }],
  ['loopback', 'loopback', {}],
  ['lan', 'private', {}],
] as const)('a gateway that is bound to %s and reached as %s', (bind, reach, expected) => {
  expect(answeredBy(bound(bind), reach)).toEqual(expected);
});

it('answers nothing where nothing was read', () => {
  expect(answeredBy(insideOf({}), 'public')).toEqual({});
});

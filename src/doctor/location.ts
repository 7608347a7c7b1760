/** Where a fault lies, as far as its diagnosis proves it. */
import { DIAGNOSES } from '../diagnoses.ts';
import type { Reach } from '../reach.ts';
import type { Diagnosis } from '../remedy/types.ts';
import type { Location } from './types.ts';

/**
 * Only what is proved: where two explanations remain it is `unknown`. An encrypted address that lets nobody in may be
 * one that nobody is at, one that speaks no TLS, or one whose certificate this browser does not trust.
 */
export function locate(diagnosis: Diagnosis, reach: Reach, isEncrypted = false): Location {
  const { place } = DIAGNOSES[diagnosis];
  if (place !== 'beside' && place !== 'beside-relay') return place;
  const isAmbiguous = isEncrypted && diagnosis === 'gateway-unreachable';
  if (reach !== 'loopback' || isAmbiguous) return 'unknown';
  return place === 'beside' ? 'gateway' : 'relay';
}

/** In the place of `src/browser/page/doctor-probes.ts`: what the scene says that the doctor sees. */
import type { Looks } from '../../src/doctor/types.ts';
import { sceneHere } from './scenes/all.ts';
import { looksIn } from './scenes/doctor.ts';

export const look = async (): Promise<Looks> => looksIn(sceneHere());

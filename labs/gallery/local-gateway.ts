/** In the place of `src/browser/page/local-gateway.ts`: what the scene says that is on this computer. */
import type { LocalGateway } from '../../src/browser/page/local-gateway.ts';
import { sceneHere } from './scenes/all.ts';

export const lookForGateway = async (): Promise<LocalGateway> => sceneHere().localGateway ?? 'gateway';

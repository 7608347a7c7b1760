/** `npm run gallery`: builds the gallery and serves it on this computer until interrupted. */
import { buildGallery, INDEX } from './build.ts';
import { serveGallery } from './server.ts';

await buildGallery();
const { origin } = await serveGallery();
console.log(`Every state of every page: ${origin}/${INDEX}`);

import { preview } from 'vite';
import { ROOT } from '../../harness/process/build.ts';
import { GALLERY } from './build.ts';

/** Serves the built gallery on loopback, on any free port. */
export async function serveGallery(
  outDir = GALLERY,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = await preview({
    configFile: false,
    logLevel: 'warn',
    root: ROOT,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The gallery has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

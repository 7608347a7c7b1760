/** `npm run gallery:keep`: what pages look like now is what they are meant to look like. Read the diff. */
import { rm } from 'node:fs/promises';
import { keepLooks } from './compared.ts';
import { LOOKS } from './looks.ts';
import { openGallery } from './visit.ts';

const gallery = await openGallery();
try {
  await rm(LOOKS, { recursive: true, force: true });
  const complaints = await keepLooks(gallery);
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await gallery.close();
}

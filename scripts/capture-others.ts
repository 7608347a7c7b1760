/**
 * Captures what a gateway's log and its list of who is there tell of other clients, into `test/fixtures/others/<version>.json`:
 * `npm run capture:others [-- version…]`. Raw clients come through a proxy, as from another computer; a device with
 * the rights of this extension reads. Placeholders stand for secrets, ids and whatever else is of this computer.
 */
import { ERROR_VERSIONS } from './capture/errors.ts';
import { captureOthers } from './capture/others.ts';

const wanted = process.argv.slice(2);
for (const version of wanted.length > 0 ? wanted : ERROR_VERSIONS) await captureOthers(version);

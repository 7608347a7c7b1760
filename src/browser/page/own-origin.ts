/** What an owner allows and a gateway sees of this extension: `chrome-extension://…`, without a slash at its end. */
import browser from '../api.ts';

export const ownOrigin = (): string => browser.runtime.getURL('').replace(/\/$/, '');

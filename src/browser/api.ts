/**
 * The one door to the browser: its extension API with promises, the same in Firefox and Chromium. Everything that calls
 * the API goes through here, so a test or a lab that plays a browser replaces this one module.
 *
 * It is the browser's own: `browser` in Firefox, `chrome` in Chromium. Only an answer to a message is still given by a call,
 * because Chromium takes no promise for one.
 */
import type { Browser, Runtime } from 'webextension-polyfill';

export type Port = Runtime.Port;
export type MessageSender = Runtime.MessageSender;

const { browser, chrome } = globalThis as { browser?: Browser; chrome?: Browser };

export default (browser ?? chrome) as Browser;

/**
 * The one door to the browser: its extension API with promises, the same in Firefox and Chromium. Everything that calls
 * the API goes through here, so a test or a lab that plays a browser replaces this one module.
 *
 * The worker's bundle carries the polyfill, because Chromium takes no promise for an answer to a message. Pages send
 * messages and answer none: in their bundles `native-api.ts` takes the polyfill's place, and a popup paints 3 kB sooner.
 */
import browser, { type Runtime } from 'webextension-polyfill';

export type Port = Runtime.Port;
export type MessageSender = Runtime.MessageSender;

export default browser;

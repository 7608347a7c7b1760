/** Addresses that no shell reads as anything but one word. */
export const PLAIN_ADDRESS = /^wss?:\/\/[A-Za-z0-9.[\]:_/-]+$/;

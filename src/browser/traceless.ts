/** How we ask for a page: with nothing of the user's in the question, and nothing kept of the answer. */
export const TRACELESS = {
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

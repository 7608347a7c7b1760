/** Where OpenClaw listens unless told otherwise (`gateway.port`). */
export const GATEWAY_PORT = '18789';

/** From a gateway's port to the one that its relay opens, since 2026.7. */
export const RELAY_PORT_OFFSET = 10;

/** The same of the relays before 2026.3.22. */
export const LEGACY_RELAY_PORT_OFFSET = 3;

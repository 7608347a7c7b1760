/** Keys and versions of what a popup reads for its first paint: apart from the shapes, which need a library. */
export const GATEWAYS = { key: 'gateways', version: 2 } as const;
export const CONNECTION = { key: (gatewayId: string) => `connection:${gatewayId}`, version: 3 } as const;
export const RELAY = { key: (gatewayId: string) => `relay:${gatewayId}`, version: 1 } as const;

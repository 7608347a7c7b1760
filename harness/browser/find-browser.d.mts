export declare function findChromium(env?: NodeJS.ProcessEnv): string | undefined;
export declare function findFirefox(env?: NodeJS.ProcessEnv): string | undefined;
export declare function ensureChromium(options?: { log?: (line: string) => void }): string;
export declare function ensureFirefox(options?: { log?: (line: string) => void }): string | undefined;

export declare function findChromium(env?: NodeJS.ProcessEnv): string | undefined;
export declare function ensureChromium(options?: { log?: (line: string) => void }): string;

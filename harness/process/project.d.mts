export declare const ROOT: string;
export declare const RESULTS: string;
export declare function projectNode(): string;
export declare function tool(script: string, ...args: string[]): string[];
export declare function npm(...args: string[]): string[];

export interface Outcome {
  /** Exit code; 1 when it was killed. */
  readonly code: number;
  readonly timedOut: boolean;
  readonly ms: number;
}

export declare function run(
  command: readonly string[],
  options?: { limitMs?: number; env?: NodeJS.ProcessEnv },
): Promise<Outcome>;
export declare function wasInterrupted(): boolean;

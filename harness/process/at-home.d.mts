export declare function endAtHome(...homes: string[]): number;

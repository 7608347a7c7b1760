export declare function keepGroup(pid: number): () => void;
export declare function keepFolder(path: string): () => void;

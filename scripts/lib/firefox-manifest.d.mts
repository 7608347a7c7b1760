export declare const FIREFOX_ID: string;
export declare function firefoxManifest(manifest: Record<string, any>): Record<string, any>;

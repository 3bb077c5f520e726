export declare function libraryFile(name: string, platform?: string): string;

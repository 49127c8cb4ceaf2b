export const output: string;
export const pageOutput: string;
export function bundleMain(): Promise<void>;
export function bundleWorkerd(): Promise<void>;
export function bundlePage(): Promise<void>;

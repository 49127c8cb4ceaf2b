/** An entry of package-lock.json. */
export interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

export const locked: Record<string, Locked>;

export function locate(from: string, name: string): string;

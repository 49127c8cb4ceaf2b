// The part of as-bind's runtime that load.ts uses; build.mjs bundles it to dist/as-bind.js.

export interface Converter {
  ascToJs(instance: AsBindInstance, value: number, typeName: string): unknown;
  jsToAsc(instance: AsBindInstance, value: unknown, typeName: string): number;
}

export interface AsBindInstance {
  readonly exports: Record<string, unknown>;
  getTypeId(typeName: string): number;
}

export const converters: Map<string | RegExp, Converter>;

/** A WebAssembly.Module passes through uncompiled. */
export function instantiateSync(
  source: WebAssembly.Module,
  imports: WebAssembly.Imports,
): AsBindInstance;

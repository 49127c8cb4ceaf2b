// The part of as-bind's runtime that load.ts uses; build.mjs bundles it to dist/as-bind.js.

export interface Converter {
  ascToJs(instance: AsBindInstance, value: number, typeName: string): unknown;
  jsToAsc(instance: AsBindInstance, value: unknown, typeName: string): number;
}

/** An array's class, or a record with [name, type, offset] of each field. */
export interface TypeDescriptor {
  readonly byteSize: number;
  readonly fields?: readonly (readonly [string, string, number])[];
}

export interface AsBindInstance {
  readonly exports: Record<string, unknown>;
  /** What as-bind-transform.mjs wrote. */
  readonly typeDescriptor: {
    readonly exportedFunctions: Record<string, unknown>;
    readonly typeIds: Record<string, TypeDescriptor>;
  };
  getTypeId(typeName: string): number;
}

export const converters: Map<string | RegExp, Converter>;

/** A WebAssembly.Module passes through uncompiled. */
export function instantiateSync(
  source: WebAssembly.Module,
  imports: WebAssembly.Imports,
): AsBindInstance;

// The part of papaparse that is used; its published types bring Node's along.
declare module "papaparse" {
  interface ParserResult {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly { readonly code: string; readonly row?: number }[];
    /** `cursor` is where the rows of `data` end in the input. */
    readonly meta: { readonly cursor: number };
  }
  interface Papaparse {
    readonly Parser: new (config: {
      readonly delimiter: string;
      readonly newline: string;
    }) => { parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult };
  }
  const papaparse: Papaparse;
  // biome-ignore lint/style/noDefaultExport: that is how Node presents a CommonJS module
  export default papaparse;
}

/** kernels.wasm by gzip, in base64; build.mjs writes dist/inlined-kernels.js. */
export const inlinedKernels: string;

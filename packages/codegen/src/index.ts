export { emitJavaScript } from "./javascript.ts";
export type { Language } from "./languages.ts";
export { emit, languages } from "./languages.ts";
export type { EmitOptions } from "./options.ts";
export { emitPython } from "./python.ts";

export { emitC } from "./c.ts";
export { emitJavaScript, emitTypeScript } from "./javascript.ts";
export type { Language } from "./languages.ts";
export { emit, fileExtensions, languages } from "./languages.ts";
export type { EmitOptions } from "./options.ts";
export { emitPython } from "./python.ts";
export { emitRust } from "./rust.ts";
export { emitWat } from "./wat.ts";

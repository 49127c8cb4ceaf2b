// What workerd gives for an imported .wasm file.
declare const module: WebAssembly.Module;
// biome-ignore lint/style/noDefaultExport: the module is the default export
export default module;

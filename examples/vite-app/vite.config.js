// Workers that are modules, and kernels as a file of their own; the rest Vite finds by itself.
// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default { base: "./", worker: { format: "es" }, build: { target: "es2022" } };

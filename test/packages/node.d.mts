// What the examples take of Node: its own types would hide what a package forgets to declare.
declare module "node:fs" {
  export function readFileSync(file: URL): Uint8Array<ArrayBuffer>;
  export function readFileSync(file: URL, encoding: "base64"): string;
  export function writeFileSync(file: string, text: string): void;
  export function createReadStream(file: string): AsyncIterable<Uint8Array>;
}

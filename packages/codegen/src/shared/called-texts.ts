/**
 * The texts of the functions that the code calls, and of those that they call, in the order of
 * `all`. A call is `name(` in most languages and `call $name` in WebAssembly's; no method is one.
 * The code must be without comments and strings of others, which may hold anything.
 */
export function calledTexts(
  all: { readonly [name in string]: string },
  code: readonly string[],
): string[] {
  const needed = new Set<string>();
  const rest = [code.join("\n")];
  for (let text = rest.pop(); text !== undefined; text = rest.pop()) {
    for (const name of Object.keys(all)) {
      // A single point before the name makes it a method; three are JavaScript's for what follows.
      const call = new RegExp(`(?<!\\w|[^.]\\.)${name}\\(|call \\$${name}\\b`);
      if (!needed.has(name) && call.test(text)) {
        needed.add(name);
        rest.push(all[name]);
      }
    }
  }
  return Object.keys(all)
    .filter((name) => needed.has(name))
    .map((name) => all[name]);
}

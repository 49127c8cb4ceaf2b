import { test } from "vitest";
import { compare, length, lines, programs, textsIn } from "../../../testing/cases.ts";
import { compileAndRun, hasCompiler, withDirectory } from "../../../testing/compilers.ts";
import { block, expectHarmless, rest, string } from "../../../testing/hostile.ts";
import { rust } from "./rust.ts";

test("Rust, by rustc", async () => {
  if (!hasCompiler("rustc")) return;
  const texts = textsIn(rust);
  const modules = texts.map((text, k) => `mod p${k} {\n${text}}`);
  const calls = programs.map((program, k) => {
    const args = Array.from(
      { length: program.inputDim },
      (_, i) => `&x[${i * length}..${(i + 1) * length}]`,
    );
    const row =
      program.outputs.length === 1
        ? "vec![y]"
        : `vec![${program.outputs.map((_, o) => `y.${o}`).join(", ")}]`;
    return `${k} => p${k}::f(${args.join(", ")}).map(|ys| ys.into_iter().flat_map(|y| ${row}).collect()),`;
  });
  const main = `
fn call(k: i64, x: &[i64]) -> Result<Vec<i64>, &'static str> { match k { ${calls.join("\n")} _ => Err("") } }
fn main() {
  for line in std::io::stdin().lines() {
    let numbers: Vec<i64> = line.unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    match call(numbers[0], &numbers[1..]) {
      Ok(ys) => println!("{}", ys.iter().map(|y| y.to_string()).collect::<Vec<_>>().join(" ")),
      Err(_) => println!("error"),
    }
  }
}`;
  const source = [...modules, main].join("\n");
  const output = await withDirectory((directory) =>
    compileAndRun(directory, "rustc", source, lines),
  );
  compare(output.trimEnd().split("\n"), texts);
});

test("of hostile names and docstrings nothing is code", () => {
  expectHarmless(rust, new RegExp(`${string}|${block}|//${rest}`, "g"));
});

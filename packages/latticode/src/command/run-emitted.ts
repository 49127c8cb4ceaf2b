import { spawn } from "node:child_process";
import { basename } from "node:path";
import type { EmittedRun, Inputs, RunLanguage } from "@latticode/verification";
import { runLanguages } from "@latticode/verification";

// Both read the text, as JSON, from the first line of standard input, and from every other one the
// inputs of a sequence, a list an input column; both write a line a sequence.

const pythonDriver = `
import json, sys
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
scope = {}
exec(json.loads(sys.stdin.readline()), scope)
for line in sys.stdin:
    try:
        rows = [y if type(y) is tuple else (y,) for y in scope["f"](*json.loads(line))]
        print(" ".join(str(v) if type(v) is int else repr(type(v)) for row in rows for v in row))
    except Exception as error:
        print("error: " + repr(error))
`;

const javascriptDriver = `
import { readFileSync } from "node:fs";
const [text, ...lines] = readFileSync(0, "utf8").trimEnd().split("\\n");
const { f } = await import("data:text/javascript," + encodeURIComponent(JSON.parse(text)));
const runs = lines.map((line) => {
  try {
    return f(...JSON.parse(line)).flat().join(" ");
  } catch (error) {
    const beyond = /is beyond the safe integers|is not an integer of 32 bits/.test(error.message);
    return (beyond ? "refused: " : "error: ") + error.message;
  }
});
process.stdout.write(runs.join("\\n") + "\\n");
`;

/** Bun and Deno run the command too, but only Node's own arguments are known here. */
const node = basename(process.execPath).startsWith("node") ? process.execPath : "node";

const commands: Readonly<Record<RunLanguage, readonly [string, readonly string[]]>> = {
  python: ["python3", ["-c", pythonDriver]],
  javascript: [node, ["--input-type=module", "-e", javascriptDriver]],
};

/** Seconds after which a process has hung; programs that are read take a fraction of one. */
const longest = 120;

/**
 * Runs a program's text in processes of their own, Python and JavaScript at once, on all sequences.
 * A language that is not installed is told as absent.
 *
 * @param sequences x: [count, length, inputDim]
 * @throws Error when a process fails as a whole or does not end within two minutes
 */
export function runEmitted(
  code: Readonly<Record<RunLanguage, string>>,
  inputDim: number,
  sequences: readonly Inputs[],
): Promise<EmittedRun[]> {
  const inputs = sequences.flatMap(({ count, length, x }) =>
    Array.from({ length: count }, (_, i) => {
      const lists = Array.from({ length: inputDim }, (_, k) =>
        Array.from({ length }, (_, t) => x[(i * length + t) * inputDim + k]),
      );
      return JSON.stringify(lists);
    }),
  );
  return Promise.all(
    runLanguages.map((language) => {
      const text = [JSON.stringify(code[language]), ...inputs, ""].join("\n");
      return runProcess(language, text);
    }),
  );
}

function runProcess(language: RunLanguage, text: string): Promise<EmittedRun> {
  const [command, args] = commands[language];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: 1000 * longest, killSignal: "SIGKILL" });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => output.push(part));
    child.stderr.on("data", (part: Buffer) => errors.push(part));
    // a process that ends early is told by its exit code
    child.stdin.on("error", () => {});
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve({ language, absent: `${command} is not installed` });
      else reject(error);
    });
    child.on("close", (exitCode, signal) => {
      if (exitCode === 0) {
        const lines = Buffer.concat(output).toString("utf8").split(/\r?\n/).slice(0, -1);
        resolve({ language, lines });
        return;
      }
      const how = signal ? `was ended by ${signal}` : `ended with ${exitCode}`;
      const said = Buffer.concat(errors).toString("utf8").trim().slice(-500);
      reject(new Error(`the emitted ${language} cannot be run: ${command} ${how}: ${said}`));
    });
    child.stdin.end(text);
  });
}

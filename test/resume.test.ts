import { spawn } from "node:child_process";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawIntegers } from "@latticode/program";
import { findTask, formatJsonl, sampleTask } from "@latticode/tasks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cli, latticode } from "./run-command.ts";

let directory: string;
let examples: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-resume-"));
  examples = join(directory, "examples.jsonl");
  // some 200 attempts and seconds of training, so that no kill comes too late
  const sampled = sampleTask(findTask("Div_5")!, { count: 600, seed: 3 });
  writeFileSync(examples, `${[...formatJsonl(sampled)].join("\n")}\n`);
});

afterAll(() => rmSync(directory, { recursive: true }));

const argsFor = (out: string) => ["synth", examples, "--json", "--quiet", "--out", out];

/** The journal's lines, a torn last one left out. */
function journalOf(out: string): string[] {
  return readFileSync(join(out, "journal.jsonl"), "utf8").split("\n").slice(0, -1);
}

/** Runs the command, kills it after that many attempts more in its journal and then some time. */
async function kill(out: string, attempts: number, milliseconds: number): Promise<boolean> {
  const lines = () => {
    try {
      return journalOf(out).length;
    } catch {
      return 0;
    }
  };
  const before = lines();
  const child = spawn(process.execPath, [cli, ...argsFor(out)], { stdio: "ignore" });
  const watch = setInterval(() => {
    if (lines() < before + attempts) return;
    clearInterval(watch);
    setTimeout(() => child.kill("SIGKILL"), milliseconds);
  }, 5);
  const [, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on("close", (...ending) => resolve(ending));
  });
  clearInterval(watch);
  return signal === "SIGKILL";
}

test("a run that is killed again and again goes on, repeats nothing, and ends the same", async () => {
  const whole = join(directory, "whole");
  const killed = join(directory, "killed");
  const { digest, ...result } = JSON.parse((await latticode(argsFor(whole))).stdout);
  const needed = journalOf(whole).length;

  const draw = drawIntegers(5, 0);
  let kills = 0;
  let journal: string[] = [];
  for (let i = 0; i < 4; i++) {
    if (await kill(killed, draw(1, 8), draw(0, 30))) kills++;
    const now = journalOf(killed);
    // nothing of what was there is lost
    expect(now.slice(0, journal.length)).toEqual(journal);
    journal = now;
    // what a crash of the machine may leave
    if (i === 2) appendFileSync(join(killed, "journal.jsonl"), '{"unit":"{\\"kind');
  }
  expect(kills).toBe(4);

  const last = await latticode(argsFor(killed));
  expect(last).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(last.stdout)).toEqual({
    ...result,
    digest,
    seconds: expect.any(Object),
  });
  const finished = journalOf(killed);
  expect(finished.slice(0, journal.length)).toEqual(journal);
  const units = finished.slice(1).map((line) => JSON.parse(line).unit);
  expect(new Set(units).size).toBe(units.length);
  const files = readdirSync(whole).filter((name) => !/^(journal|result)\./.test(name));
  expect(files).toEqual(expect.arrayContaining(["network.safetensors", "program.py"]));
  for (const name of files) {
    expect(readFileSync(join(killed, name)), name).toEqual(readFileSync(join(whole, name)));
  }

  // and once more, with nothing left to do
  const again = await latticode(argsFor(killed));
  expect(JSON.parse(again.stdout).digest).toBe(digest);
  expect(journalOf(killed)).toEqual(finished);
  expect(needed).toBeGreaterThan(8);
});

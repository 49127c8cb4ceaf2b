// A worker at the edge with two routes:
//   POST /program  examples as JSON lines; answers with a program
//   POST /run      sequences as lines of JSON arrays; answers with a line of outputs for each, as a
//                  stream, by the program in addition.js that `latticode synth` wrote
// Nothing is evaluated and no bytes are compiled: the packages' entry for workerd imports the kernels.

import { InputError, parseJsonl } from "@latticode/tasks";
import { accountOf, ContradictionError, headlineOf, synthesize } from "latticode";
import { f } from "./addition.js";
import { splitBody } from "./split-body.js";

const mostBytes = 256 * 1024;
/** Of examples: what a training takes grows with them, and an isolate has 128 MB. */
const mostNumbers = 50_000;
/**
 * Reports of the training's progress until it ends as not found. The clock of a worker stands still
 * while it computes, so time is counted in work; about 10 s on a small core.
 */
const mostReports = 2_000;
const mostLineBytes = 64 * 1024;

// biome-ignore lint/style/noDefaultExport: the host calls the default export's handlers
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const routes = { "/program": findProgram, "/run": runProgram };
    const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
    if (!route) return failure(404, "POST examples to /program, sequences to /run");
    if (request.method !== "POST") return failure(405, "only POST is known", { allow: "POST" });
    if (!request.body) return failure(400, "the body is empty");
    return route(request);
  },
};

async function findProgram(request) {
  let examples;
  try {
    const lines = splitBody(request.body, { mostBytes, mostLineBytes });
    examples = await parseJsonl(lines, { name: "body" });
  } catch (error) {
    if (error instanceof InputError) return failure(400, error.message);
    if (error instanceof RangeError) return failure(413, error.message);
    throw error;
  }
  const { count, length, inputDim, outputDim } = examples;
  const numbers = count * length * (inputDim + outputDim);
  if (numbers > mostNumbers) {
    return failure(413, `the examples have ${numbers} numbers, at most ${mostNumbers} are taken`);
  }
  const limit = new AbortController();
  let reports = 0;
  let result;
  try {
    result = await synthesize(examples, {
      workers: 0,
      signal: request.signal,
      limit: limit.signal,
      onProgress: () => {
        if (++reports > mostReports) limit.abort(new Error("too much work for one request"));
      },
    });
  } catch (error) {
    if (error instanceof ContradictionError) return failure(400, `body: ${error.message}`);
    throw error;
  }
  const { program, code, stopped, digest } = result;
  if (stopped) return failure(422, `no program was found: ${stopped.reason}`);
  const account = accountOf(result);
  const { verdict, relation, domain, shown, missing, questions } = account;
  const statement = headlineOf(account);
  return Response.json({
    ...{ verdict, relation, statement, program, code, domain, shown, missing, questions, digest },
  });
}

function runProgram(request) {
  const lines = splitBody(request.body, { mostBytes: Number.POSITIVE_INFINITY, mostLineBytes });
  const encoder = new TextEncoder();
  let number = 0;
  // one line at a time, when the reader asks for it: memory does not grow with the stream
  const stream = new ReadableStream({
    async pull(controller) {
      const { value: line, done } = await nextLine(lines, controller);
      if (done) return;
      controller.enqueue(encoder.encode(`${JSON.stringify(answer(line, ++number))}\n`));
    },
    cancel: () => lines.return(),
  });
  return new Response(stream, { headers: { "content-type": "application/x-ndjson" } });
}

async function nextLine(lines, controller) {
  try {
    const next = await lines.next();
    if (next.done) controller.close();
    return next;
  } catch (error) {
    // the status is sent already: the last line says what was wrong
    controller.enqueue(new TextEncoder().encode(`${JSON.stringify({ error: error.message })}\n`));
    controller.close();
    return { done: true };
  }
}

function answer(line, number) {
  try {
    const [s, t] = JSON.parse(line);
    return f(s, t);
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : "not [[bits], [bits]]";
    return { error: `line ${number}: ${reason}` };
  }
}

function failure(status, error, headers) {
  return Response.json({ error }, { status, headers });
}

import type { Wasm } from "../dist/wasm.d.ts";
import { checkArray, checkFinite, checkInteger } from "./check.ts";

/** The elementary functions that kernels use. */
export type ElementaryFunction = "exp" | "log" | "tanh" | "cos" | "sin" | "sqrt";

const places = { exp: 0, log: 1, tanh: 2, cos: 3, sin: 4, sqrt: 5 } as const;

/**
 * One function of every number of x [any length up to 2^24], the same bits on every machine.
 * Errors, in units in the last place of the exact value: exp and log at most 0.52, sqrt 0.5, tanh
 * 2.5, cos and sin 1 for |x| up to 2^30 and 4 beyond; asserted on thousands of arguments against
 * fixed-point arithmetic. exp overflows to infinity above 709.78; angles are in radians. The
 * algorithms are musl's libm's, by way of AssemblyScript.
 *
 * Throws TypeError for another function's name; RangeError for more numbers, numbers not finite,
 * and outside log's (x > 0) or sqrt's (x >= 0) domain.
 */
export function elementary(wasm: Wasm, name: ElementaryFunction, x: Float64Array): Float64Array {
  if (!Object.hasOwn(places, name)) {
    throw new TypeError(`name is ${name}, must be one of ${Object.keys(places).join(", ")}`);
  }
  checkArray("x", x, Float64Array);
  checkInteger("the length of x", x.length, 0, 2 ** 24);
  checkFinite("x", x);
  if (name === "log" || name === "sqrt") {
    const at = x.findIndex((value) => value < 0 || (value === 0 && name === "log"));
    if (at >= 0) {
      const domain = name === "log" ? "above 0" : "at least 0";
      throw new RangeError(`x[${at}] is ${x[at]}, must be ${domain} for ${name}`);
    }
  }
  return wasm.elementaryMap(places[name], x);
}

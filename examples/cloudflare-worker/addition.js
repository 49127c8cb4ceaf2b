/** Read from a network trained on 1200 sequences of length 10. */
export function f(s, t) {
  checkInputs(s, t);
  let a = 0;
  let b = 0;
  const ys = [];
  for (let i = 0; i < s.length; i++) {
    const x = s[i];
    const y = t[i];
    a = b ^ x ^ y;
    b = Number(b + x + y > 1);
    ys.push(a);
  }
  return ys;
}

/** Throws unless the inputs are equally long lists of integers of 32 bits. */
function checkInputs(...inputs) {
  for (const input of inputs) {
    if (input.length !== inputs[0].length) {
      throw new RangeError(`f: inputs of ${inputs[0].length} and ${input.length} numbers`);
    }
    for (const x of input) {
      if (x !== (x | 0)) {
        throw new RangeError(`f: input ${x} is not an integer of 32 bits`);
      }
    }
  }
}

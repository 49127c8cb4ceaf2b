// Values that are computed when they are first asked for, and then kept.

export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

/** The same for each of several inputs; those with one key are one. */
export function onceEach<Input, T>(
  compute: (input: Input) => T,
  keyOf: (input: Input) => unknown = (input) => input,
): (input: Input) => T {
  const kept = new Map<unknown, T>();
  return (input) => {
    const key = keyOf(input);
    if (!kept.has(key)) kept.set(key, compute(input));
    return kept.get(key)!;
  };
}

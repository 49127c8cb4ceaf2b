// Values that are computed when they are first asked for, and then kept.

export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

/** The same for each key; keys are compared as those of a map. */
export function onceEach<Key, T>(compute: (key: Key) => T): (key: Key) => T {
  const kept = new Map<Key, T>();
  return (key) => {
    if (!kept.has(key)) kept.set(key, compute(key));
    return kept.get(key)!;
  };
}

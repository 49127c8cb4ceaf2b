/** Sets within which one gets from any member to any other by steps between linked ones. */
export function components(
  members: readonly number[],
  isLinked: (i: number, j: number) => boolean,
): number[][] {
  const left = new Set(members);
  const result: number[][] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const component = [first];
    for (const i of component) {
      for (const j of left) {
        if (!isLinked(i, j)) continue;
        component.push(j);
        left.delete(j);
      }
    }
    result.push(component);
  }
  return result;
}

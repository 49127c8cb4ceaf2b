/** Numbers keys in the order in which they turn up, equal ones alike. */
export function numberKeys<Key>(): (key: Key) => number {
  const numbers = new Map<Key, number>();
  return (key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
}

/** A number of things: "1 row", "2 rows". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** The start of a text from outside as it can stand in a message of one line. */
export function excerpt(text: string): string {
  // Characters that would break or hide the one line of the message are replaced.
  const line = text
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim();
  return line.length > 40 ? `${line.slice(0, 40)}...` : line;
}

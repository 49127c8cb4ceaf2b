/**
 * The lines of a body, without those that are blank.
 *
 * @throws RangeError where the body or a line has more bytes than are taken
 */
export async function* splitBody(body, { mostBytes, mostLineBytes }) {
  let bytes = 0;
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw new RangeError(`the body has more than ${mostBytes} bytes`);
    }
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.trim() !== "") yield line;
    }
    if (rest.length > mostLineBytes) {
      throw new RangeError(`a line has more than ${mostLineBytes} bytes`);
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield rest;
}

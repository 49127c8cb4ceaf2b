const token =
  /("""[\s\S]*?"""|\/\*[\s\S]*?\*\/|\/\/.*|#.*)|\b(def|return|for|in|if|else|elif|and|or|not|while|export|function|const|let|of|throw|new|raise)\b|\b(\d+)\b/g;

/** Fills an element with a program's text: comments, keywords and numbers stand out. */
export function showCode(element, text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    const [whole, comment, keyword] = match;
    parts.push(text.slice(at, match.index));
    const span = document.createElement("span");
    span.className = comment ? "comment" : keyword ? "keyword" : "number";
    span.textContent = whole;
    parts.push(span);
    at = match.index + whole.length;
  }
  element.replaceChildren(...parts, text.slice(at));
}

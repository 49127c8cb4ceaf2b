import { spawnSync } from "node:child_process";

/** What a strict XML parser (expat, through python3) says of a text; "" where it is well-formed. */
export function xmlMistake(text: string): string {
  const program = "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())";
  const { status, stderr, error } = spawnSync("python3", ["-c", program], {
    input: text,
    encoding: "utf8",
  });
  if (error) throw error;
  return status === 0 ? "" : (stderr.trim().split("\n").at(-1) ?? "");
}

/** What of an SVG file refers to something outside of it, or runs. */
export function outsideReferences(svg: string): string[] {
  const rest = svg.replaceAll(/ xmlns(:xlink)?="http:\/\/www\.w3\.org\/[^"]*"/g, "");
  return rest.match(/https?:|href|url\(|@import|<!|<\?|<script|<foreignObject|<image/g) ?? [];
}

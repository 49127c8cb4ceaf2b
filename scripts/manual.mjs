// Writes docs/command.md, the manual of the command, from what `--help` prints.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { newProgram } from "../packages/latticode/dist/command/index.js";

const program = newProgram();
const commands = program.commands.filter((command) => command.name() !== "help");
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;

/** The text that `--help` prints after the options. */
function textAfterOptions(command) {
  let all = "";
  command.configureOutput({ writeOut: (text) => (all += text) });
  command.outputHelp();
  return all.slice(command.helpInformation().length).trim();
}

/** Titles become headings, and indented lines blocks of their own. */
function markdownOf(text) {
  const isIndented = (line) => line.startsWith("    ");
  const lines = [];
  for (const line of text.split("\n")) {
    const last = lines.at(-1);
    const title = /^([A-Z][a-z]+(?: [a-z]+)?):$/.exec(line)?.[1];
    if (last && line && (isIndented(last) !== isIndented(line) || last.startsWith("#"))) {
      lines.push("");
    }
    lines.push(title ? `### ${title}` : line);
  }
  return lines.join("\n");
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function chapterOf(command) {
  const help = command.createHelp();
  const args = help
    .visibleArguments(command)
    .map((argument) => [`\`${argument.name()}\``, help.argumentDescription(argument)]);
  const options = help
    .visibleOptions(command)
    .map((option) => [`\`${help.optionTerm(option)}\``, help.optionDescription(option)]);
  return [
    `## latticode ${command.name()}`,
    sentence(command.description()),
    `    ${help.commandUsage(command)}`,
    table([args.length > 0 ? "argument or option" : "option", "meaning"], [...args, ...options]),
    markdownOf(textAfterOptions(command)),
  ].join("\n\n");
}

const links = commands.map((command) => [
  `[${command.name()}](#latticode-${command.name()})`,
  command.description(),
]);
const text = `# The command

<!-- Written by \`npm run manual\` from the texts of \`--help\`. -->

${program.description()}

    npx latticode <command>

In a clone, \`npm ci && npm run build\` makes the same line work.

${table(["command", "what it does"], links)}

${commands.map(chapterOf).join("\n\n")}
`;

const path = fileURLToPath(new URL("../docs/command.md", import.meta.url));
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error("docs/command.md is not what --help says: run npm run manual");
  process.exitCode = 1;
}

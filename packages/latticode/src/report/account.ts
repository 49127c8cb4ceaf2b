import type { Check } from "@latticode/verification";
import { checkOutcome, countOf, countText } from "@latticode/verification";
import type { Stop } from "../pipeline/stages.ts";
import type { Synthesis } from "../pipeline/synthesize.ts";
import type { Noise } from "../pipeline/verdict.ts";
import { type Claims, claimsOf, type RelationFacts } from "./claims.ts";
import { domainText, wordText } from "./domain.ts";

/** What a report is written from: the claims, and what they rest on. */
export interface Account extends Claims {
  readonly stopped?: Stop;
  /** What the labels have wrong by the program. */
  readonly noise?: Noise;
  readonly checks: readonly Check[];
  /** How sequences are named where they came from: line 12, sequence 12. The index unless given. */
  readonly nameSequences?: (sequences: readonly number[]) => string;
}

/** A short part of a report. */
export interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Sequences that are named one by one. */
const mostNamed = 10;

/**
 * What a report of a synthesis is written from.
 *
 * @example
 * const account = accountOf(await synthesize(examples));
 * console.log(headlineOf(account));
 * for (const { title, lines } of blocksOf(account)) console.log(title, lines);
 */
export function accountOf(synthesis: Synthesis): Account {
  const { stopped, noise, verification } = synthesis;
  return {
    ...claimsOf(synthesis),
    ...(stopped && { stopped }),
    ...(noise && { noise }),
    checks: verification?.checks ?? [],
  };
}

/** The first line of a report: the verdict, and how program and network relate. */
export function headlineOf(account: Account): string {
  const { relation } = account;
  const verdict = verdictText(account);
  return relation ? `${verdict}; ${relationSentence(relation)}` : verdict;
}

function verdictText(account: Account): string {
  const { verdict, stopped, labels, noise, shown, domain } = account;
  if (verdict === "not solved") {
    const named = noise ? `, ${nameOf(noise.sequences, account)}` : "";
    return `not solved, stopped at ${stopped!.stage}: ${stopped!.reason}${named}`;
  }
  if (!labels) return "solved: there are no labels, so the network decides";
  const wrong = noise?.sequences.length ?? 0;
  const right =
    wrong === 0
      ? "right at every label"
      : `right at every label except those of ${nameOf(noise!.sequences, account)}`;
  if (verdict === "consistent") {
    return `consistent: ${right}, but the labels do not determine the program`;
  }
  const end = shown?.growing && domain ? ` up to length ${countText(domain.length)}` : "";
  return `solved${end}: ${right}, and the labels determine the program`;
}

function relationSentence(relation: RelationFacts): string {
  switch (relation.kind) {
    case "exhaustive": {
      const { words, length } = relation;
      return `equal to the network on all ${countText(words)} words of length ${length}`;
    }
    case "sampled": {
      const { words, length } = relation;
      return `equal to the network on ${countText(words)} random words of length ${length}`;
    }
    case "differs":
      return `differs from the network after ${wordText(relation.word)}`;
  }
}

/** What a program and its network give after the shortest word on which they differ. */
function differenceText(relation: Extract<RelationFacts, { kind: "differs" }>): string {
  const { word, program, network, label } = relation;
  const given = `the program gives ${program.join(" ")}, the network ${network.join(" ")}`;
  const judge = label ? `the label is ${label.join(" ")}` : "no label decides";
  return `after ${wordText(word)} ${given}; ${judge}`;
}

/** The parts of a report after the program: one for each party that has a word to say. */
export function blocksOf(account: Account): Block[] {
  return [
    { title: "labels", lines: labelLines(account) },
    { title: "compared with the network", lines: networkLines(account) },
    { title: "proofs", lines: proofLines(account.checks) },
    { title: "the program's text, run on its own", lines: textLines(account.checks) },
    { title: "missing", lines: missingLines(account) },
    { title: "domain", lines: domainLines(account) },
  ].filter(({ lines }) => lines.length > 0);
}

function labelLines(account: Account): string[] {
  const { labels, heldBack, shown, determined, noise, checks } = account;
  if (!labels) return [];
  const { sequences, distinct, length, leftOut } = labels;
  const lines = [
    `${countOf(sequences, "sequence")} of length ${length}, ${countText(distinct)} of them with ` +
      "different inputs",
  ];
  if (leftOut > 0) {
    const others = leftOut === 1 ? "it contradicts others" : "they contradict others";
    lines.push(`${countOf(leftOut, "sequence")} left out of training, as ${others}`);
  }
  if (noise && noise.sequences.length > 0) {
    lines.push(`the program is wrong on ${nameOf(noise.sequences, account)}`);
  }
  if (heldBack) lines.push(heldBackText(heldBack));
  if (determined?.bound && heldBack?.wrong === 0) {
    const share = shareText(determined.bound);
    lines.push(
      `the program is wrong on fewer than ${share} of sequences drawn like these (95 % confidence)`,
    );
  }
  if (shown) {
    const what = shown.kind === "steps" ? "step" : "path";
    const all = countOf(shown.steps, what);
    lines.push(
      shown.shown === shown.steps
        ? `the labels show every ${what} of the program: ${all}`
        : `the labels show ${countText(shown.shown)} of ${all} of the program`,
    );
  }
  if (determined?.exhaustive) lines.push(`every word of length ${length} has a label`);
  if (determined?.depth) {
    const { states, upTo } = determined.depth;
    lines.push(
      `no machine of at most ${countOf(upTo, "state")} fits the labels but this program, which ` +
        `has ${states}`,
    );
  }
  if (determined?.rivals.length === 0 && !determined.exhaustive) {
    lines.push("no other program or machine that was found fits all labels");
  }
  const longer = checks.find(({ name }) => name === "longer");
  if (longer) lines.push(checkText(longer));
  return lines;
}

function heldBackText({ sequences, distinct, wrong }: NonNullable<Claims["heldBack"]>): string {
  if (sequences === 0) return "no sequence was held back, as too few are distinct";
  const counted =
    `${countOf(sequences, "sequence")} held back from all earlier stages, ` +
    `${countText(distinct)} of them with different inputs`;
  return wrong === null ? counted : `${counted}: the program is wrong on ${countText(wrong)}`;
}

function networkLines({ relation, checks }: Account): string[] {
  const lines: string[] = [];
  if (relation?.kind === "differs") lines.push(differenceText(relation));
  else if (relation) {
    const { words, length } = relation;
    if (relation.kind === "exhaustive") {
      lines.push(`all ${countText(words)} words of length ${length}, and all shorter ones: equal`);
    } else {
      const share = shareText(3 / words);
      lines.push(
        `${countText(words)} random words of length ${length}: equal; fewer than ${share} of ` +
          "such words differ (95 % confidence)",
      );
      if (relation.exhaustive > 0) {
        lines.push(`all words up to length ${relation.exhaustive}: equal`);
      }
    }
  }
  const longer = checks.filter(({ name }) => name === "long" || name === "drift");
  return [...lines, ...longer.map(checkText)];
}

function proofLines(checks: readonly Check[]): string[] {
  const read = checks.filter(({ name }) => name === "machine" || name === "recurrence");
  return read.map(checkText);
}

function textLines(checks: readonly Check[]): string[] {
  return checks.filter(({ name }) => name === "python" || name === "javascript").map(checkText);
}

function checkText(check: Check): string {
  const description = check.description
    .replace(/^against the network's rounded outputs /, "")
    .replace(/ \(informational\)$/, "");
  return `${description}: ${checkOutcome(check)}`;
}

function missingLines({ verdict, missing, questions }: Account): string[] {
  if (verdict === "solved") return [];
  const asked = questions.map((word) => `  ${wordText(word)}`);
  return [
    ...missing,
    ...(asked.length > 0 ? ["labels for these words would decide:", ...asked] : []),
  ];
}

function domainLines({ domain, shown }: Account): string[] {
  if (!domain) return [];
  const lines = [`inputs ${domainText(domain)}`];
  if (shown?.growing) {
    const why =
      shown.kind === "steps"
        ? "the program's state grows with the length"
        : "the program's state takes too many values to list";
    lines.push(`${why}: nothing is claimed beyond length ${countText(domain.length)}`);
  }
  return lines;
}

function nameOf(sequences: readonly number[], { nameSequences }: Pick<Account, "nameSequences">) {
  if (sequences.length > mostNamed) return `${countText(sequences.length)} sequences`;
  if (nameSequences) return nameSequences(sequences);
  const numbers = sequences.map((i) => i + 1).join(", ");
  return `${sequences.length === 1 ? "sequence" : "sequences"} ${numbers}`;
}

/** A share below 1 as a percentage, rounded up. */
function shareText(share: number): string {
  const percent = 100 * share;
  let unit = 1;
  while (percent * unit < 10 && unit < 1e6) unit *= 10;
  return `${Math.ceil(percent * unit - 1e-9) / unit} %`;
}

import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import type { Document } from "./markdown.ts";

const WALKS = "docs/walks.md";
/** Both walks of the document; each must have at least this many steps to be one. */
const TITLES = ["An address, from the CSV to the provider", "A receipt, from the webhook to the counters"];
const FEWEST_STEPS = 5;

/** Every step of a walk begins with one file that exists, the steps count up from 1, and no step stands still. */
export function judgeWalks(house: House, document: Document): Finding[] {
  if (document.path !== WALKS) return [];
  return TITLES.flatMap((title) => judgeWalk(house, document, title));
}

function judgeWalk(house: House, document: Document, title: string): Finding[] {
  const start = document.lines.indexOf(`## ${title}`);
  const length = document.lines.slice(start + 1).findIndex((content) => content.startsWith("## "));
  const section = start === -1 ? [] : document.lines.slice(start + 1, length === -1 ? undefined : start + 1 + length);
  const findings: Finding[] = [];
  let steps = 0;
  let before = "";
  for (const [index, content] of section.entries()) {
    const number = /^(\d+)\./.exec(content)?.[1];
    if (number === undefined) continue;
    steps += 1;
    const file = /^\d+\. `([^`]+)` — \S/.exec(content)?.[1] ?? "";
    const finding = (what: string): void => void findings.push({ path: WALKS, line: start + 2 + index, what, fix: "correct the walk" });
    if (Number(number) !== steps) finding(`step ${number} should be number ${steps}`);
    if (!house.has(file)) finding(`step ${number} does not begin with a file that exists`);
    if (file === before) finding(`step ${number} is the same file as the one before`);
    before = file;
  }
  if (steps < FEWEST_STEPS)
    findings.push({ path: WALKS, what: `the walk "${title}" has ${steps} steps`, fix: `at least ${FEWEST_STEPS}, one file each` });
  return findings;
}

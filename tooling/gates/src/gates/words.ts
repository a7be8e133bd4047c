import type { Finding, Gate } from "../gate.ts";

interface Word {
  readonly pattern: RegExp;
  readonly what: string;
  readonly fix: string;
}

const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?|pdf|gz|zip|pb)$/;
/** This file must spell what it forbids, and the tests of gates what they plant. */
const SELF = /^tooling\/gates\/src\/gates\/(?:words\.ts|[\w-]+\.test\.ts)$/;

const WORDS: readonly Word[] = [
  {
    pattern: /(?<![\w.~@}\])-])\/(?:work(?=[/"'`\s),;]|$)|root\/[\w.]|home\/\w|Users\/\w)/,
    what: "an absolute path of somebody's machine",
    fix: "make it relative, or take it from configuration",
  },
  {
    pattern:
      /\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org|files\.pythonhosted\.org|(?:static|index)\.crates\.io|proxy\.golang\.org|registry\.npmmirror\.com)\b/,
    what: "a package registry's address",
    fix: "let the package manager's own configuration name it",
  },
  { pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/, what: "a note to do it later", fix: "do it, or open an issue and leave no trace here" },
  {
    pattern: /\b(?:describe|it|test|suite|bench)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\b(?:fdescribe|fit|xdescribe|xit)\(/,
    what: "a test that is skipped, alone or expected to fail",
    fix: "make it pass for everyone, or delete it",
  },
  { pattern: /@ts-(?:ignore|nocheck)\b/, what: "types switched off", fix: "fix the type; at worst `@ts-expect-error` with a reason" },
  {
    pattern: /(?:oxlint|eslint)-disable(?!.* -- \S)|biome-ignore(?!.*: \S)|@ts-expect-error(?! \S)/,
    what: "a check silenced without a reason",
    fix: "say why on the same line (`-- reason`)",
  },
  {
    pattern: /\.\.\/shared\b|\bthe brief\b/i,
    what: "a source that readers of this repository do not have",
    fix: "state the fact and its public source here",
  },
  { pattern: /\b(?:claude|chatgpt|copilot|anthropic|codex)\b/i, what: "the name of a writing tool", fix: "leave it out" },
];

export const words: Gate = {
  name: "words",
  promise: "no machine paths, registry addresses, notes for later, skipped tests, or checks silenced without a reason",
  run(house) {
    const texts = house.files.filter((path) => !BINARY.test(path) && !SELF.test(path));
    return { checked: texts.length, findings: texts.flatMap((path) => read(path, house.read(path))) };
  },
};

function read(path: string, text: string): Finding[] {
  return text
    .split("\n")
    .flatMap((line, index) => WORDS.filter((word) => word.pattern.test(line)).map((word) => toFinding(path, index + 1, word)));
}

function toFinding(path: string, line: number, word: Word): Finding {
  return { path, line, what: `holds ${word.what}`, fix: word.fix };
}

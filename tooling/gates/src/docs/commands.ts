import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import type { Document } from "./markdown.ts";

/** What pnpm itself understands, of what our documents use. */
const PNPM_OWN = new Set(["install", "add", "remove", "update", "exec", "dlx", "run", "why", "approve-builds", "store"]);
/** Programs of other projects that a document may send its reader to, with why. */
const FOREIGN = new Set(["supabase"]);
const COMMAND = /(?:^|&&\s*|\|\s*)(?<runner>npx(?:\s+-y)?\s+pnpm@(?<version>[\d.]+)|pnpm|npx(?:\s+-y)?)\s+(?<rest>[^&|]+)/g;

/** Every `pnpm …` and `npx …` in a span or a block is a script or a program that exists. */
export function judgeCommands(house: House, document: Document): Finding[] {
  const pinned = house.has(".ci/run") ? /pnpm@([\d.]+)/.exec(house.read(".ci/run"))?.[1] : undefined;
  return [...document.spans, ...document.commands].flatMap(({ text, line }) =>
    [...text.matchAll(COMMAND)].flatMap((match): Finding[] => {
      const { runner = "", version, rest = "" } = match.groups ?? {};
      const what =
        version !== undefined && pinned !== undefined && version !== pinned
          ? `uses pnpm ${version}, .ci/run uses ${pinned}`
          : judge(house, runner, rest);
      return what === undefined ? [] : [{ path: document.path, line, what: `\`${text}\` ${what}`, fix: "correct the command" }];
    }),
  );
}

function judge(house: House, runner: string, rest: string): string | undefined {
  const words = rest.trim().split(/\s+/);
  return runner.includes("pnpm") ? judgePnpm(house, words) : judgeNpx(house, words);
}

function judgePnpm(house: House, words: readonly string[]): string | undefined {
  const filter = words[0] === "--filter" || words[0] === "-F" ? words[1] : undefined;
  const [verb = "", argument] = filter === undefined ? words : words.slice(2);
  const owner = house.packages.find((room) => (filter === undefined ? room.folder === "" : room.name === filter));
  if (!owner) return `names no package of this workspace (${filter ?? "root"})`;
  if (/^[…<-]/.test(verb)) return undefined;
  const script = verb === "run" ? (argument ?? "") : verb;
  if (owner.scripts.has(script) || (verb !== "run" && PNPM_OWN.has(verb))) return undefined;
  return `names no script of ${owner.name}: "${script}"`;
}

function judgeNpx(house: House, words: readonly string[]): string | undefined {
  const program = words[0] ?? "";
  const declared = house.packages.some((room) => room.dependencies.has(program) || room.devDependencies.has(program));
  return declared || FOREIGN.has(program.replace(/@.*$/, "")) || program.startsWith("pnpm@")
    ? undefined
    : `names a program nobody here depends on: "${program}"`;
}

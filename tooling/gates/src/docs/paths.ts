import { posix } from "node:path";
import type { Finding } from "../gate.ts";
import type { House } from "../house/house.ts";
import { packageName } from "../rooms/law.ts";
import type { Document, Mention } from "./markdown.ts";

const PATH = /^\.{0,2}\/?[\w.@()[\]*{},<>…-]+(?:\/[\w.@()[\]*{},<>…-]+)*\/?$/;
const FILE_NAME = /^[\w.-]+\.(?:ts|tsx|sql|md|json|jsonc|yml|yaml|toml|csv|css)$/;
/** Made when something runs, so never in git. */
const MADE_LATER = /^(?:node_modules|\.herald|\.next|dist|\.env)(?:\/|$)/;

/** Code spans and command words that look like a path of this repository must be one. */
export function judgePaths(house: House, document: Document): Finding[] {
  const roots = new Set(house.files.map((path) => path.split("/")[0]));
  const words = document.commands.flatMap(({ text, line }) =>
    text.split(/\s+/).map((word): Mention => ({ text: word.replace(/^["']|["']$/g, ""), line })),
  );
  return [...document.spans, ...words].flatMap(({ text, line }): Finding[] => {
    if (!PATH.test(text) || MADE_LATER.test(text)) return [];
    const problem = text.startsWith("@herald/") ? judgePackage(house, text) : judgePath(house, document, text, roots);
    return problem === undefined ? [] : [{ path: document.path, line, what: `names \`${text}\`, ${problem}`, fix: "correct the document" }];
  });
}

function judgePackage(house: House, specifier: string): string | undefined {
  if (specifier === "@herald/*") return undefined;
  const name = packageName(specifier);
  const found = house.packages.find((candidate) => candidate.name === name);
  if (!found) return "but there is no such package";
  return specifier === name || found.exports.has(`.${specifier.slice(name.length)}`) ? undefined : "but the package has no such export";
}

function judgePath(house: House, document: Document, text: string, roots: ReadonlySet<string | undefined>): string | undefined {
  if (FILE_NAME.test(text)) {
    return house.files.some((path) => path === text || path.endsWith(`/${text}`)) ? undefined : "but no file is called that";
  }
  if (!text.includes("/") || text.startsWith("/")) return undefined;
  const first = text.replace(/^\.\//, "").split("/")[0];
  if (!roots.has(first) && !FILE_NAME.test(posix.basename(text))) return undefined;
  const pattern = toPattern(text.replace(/^\.\//, "").replace(/\/$/, ""));
  const folder = posix.dirname(document.path);
  const near = folder === "." ? undefined : toPattern(posix.join(folder, text).replace(/\/$/, ""));
  return house.files.some((path) => pattern.test(path) || near?.test(path)) ? undefined : "but there is no such path";
}

const WILDCARDS = new Map([
  ["**/", "(?:.+/)?"],
  ["**", ".+"],
  ["…", ".+"],
]);

/** `*`, `<name>`, `{a,b}` and `…` stand for something; Next's [folders] stand for themselves. A folder is what files lie in. */
function toPattern(path: string): RegExp {
  const source = path
    .replace(/[.+^$()[\]|\\]/g, "\\$&")
    .replace(/\{([^}]+)\}/g, (_, list: string) => `(?:${list.split(",").join("|")})`)
    .replace(/\*\*\/|\*\*|…|\*|<[^>]+>/g, (wildcard) => WILDCARDS.get(wildcard) ?? "[^/]+");
  return new RegExp(`^${source}(?:/|$)`);
}

import type { Finding, Gate } from "../gate.ts";
import type { House } from "../house/house.ts";
import { type Node, syntaxTree, walk } from "../house/imports.ts";
import { isTestFile } from "../rooms/files.ts";

const EXAMPLE = ".env.example";
const ENV_FILE = /(?:^|\/)env\.ts$/;
const VARIABLE = /^[A-Z][A-Z0-9_]{2,}$/;
/** Set by the system or by a tool, never by a user of Herald. */
const NOT_OURS =
  /^(?:CI|HOME|PATH|TMPDIR|NODE_ENV|NODE_OPTIONS|NO_COLOR|FORCE_COLOR|NEXT_RUNTIME|NEXT_PHASE|XDG_CACHE_HOME|VITEST\w*|HERALD_TEST_\w+|\w+_TELEMETRY\w*|DO_NOT_TRACK)$/;

interface Documented {
  readonly line: number;
  readonly hasSentence: boolean;
}

/** Every variable that code reads is explained in `.env.example`, and nothing is explained that no code reads. */
export const env: Gate = {
  name: "env",
  promise: "`.env.example` has a line and a sentence for every variable that code reads, and no other",
  run(house) {
    const read = variablesRead(house);
    if (!house.has(EXAMPLE))
      return { checked: read.size, findings: [{ path: EXAMPLE, what: "is missing", fix: "write a sentence and a line per variable" }] };
    const documented = documentedVariables(house.read(EXAMPLE));
    const undocumented = [...read]
      .filter(([name]) => !documented.has(name))
      .map(
        ([name, path]): Finding => ({
          path,
          what: `reads ${name}, which ${EXAMPLE} does not explain`,
          fix: `add a sentence and a line to ${EXAMPLE}`,
        }),
      );
    const unread = [...documented]
      .filter(([name]) => !read.has(name))
      .map(
        ([name, { line }]): Finding => ({
          path: EXAMPLE,
          line,
          what: `explains ${name}, which no code reads`,
          fix: "remove it, or read it in an env.ts",
        }),
      );
    const silent = [...documented]
      .filter(([, { hasSentence }]) => !hasSentence)
      .map(
        ([name, { line }]): Finding => ({
          path: EXAMPLE,
          line,
          what: `${name} has no sentence above it`,
          fix: "say in a comment what it is and where one gets it",
        }),
      );
    return { checked: read.size + documented.size, findings: [...undocumented, ...unread, ...silent] };
  },
};

/** Name → first file that reads it. In an `env.ts` every property in capitals counts; elsewhere only `process.env.NAME`. */
function variablesRead(house: House): Map<string, string> {
  const read = new Map<string, string>();
  for (const path of house.files.filter((file) => /\.(?:ts|tsx)$/.test(file) && !isTestFile(file))) {
    const text = house.read(path);
    const isEnvFile = ENV_FILE.test(path);
    if (!isEnvFile && !text.includes("process.env")) continue;
    for (const name of namesIn(path, text, isEnvFile)) if (!NOT_OURS.test(name) && !read.has(name)) read.set(name, path);
  }
  return read;
}

function namesIn(path: string, text: string, isEnvFile: boolean): string[] {
  const names: string[] = [];
  walk(syntaxTree(path, text), (node) => {
    if (node.type === "MemberExpression" && (isEnvFile || isProcessEnv(node["object"]))) names.push(keyName(node["property"]));
    if (node.type === "Property" && isEnvFile) names.push(keyName(node["key"]));
  });
  return names.filter((name) => VARIABLE.test(name));
}

function isProcessEnv(node: unknown): boolean {
  const member = node as Node;
  return member.type === "MemberExpression" && keyName(member["object"]) === "process" && keyName(member["property"]) === "env";
}

/** `NAME`, `["NAME"]` and `"NAME":` alike. */
function keyName(node: unknown): string {
  const { name, value } = node as Node;
  return typeof name === "string" ? name : typeof value === "string" ? value : "";
}

/** `NAME=` or `# NAME=` (optional), explained by a comment line above it that ends like a sentence. */
function documentedVariables(text: string): Map<string, Documented> {
  const lines = text.split("\n");
  const isEntry = (line: string | undefined): boolean => /^(?:# ?)?[A-Z][A-Z0-9_]+=/.test(line ?? "");
  const documented = new Map<string, Documented>();
  for (const [index, line] of lines.entries()) {
    const name = /^(?:# ?)?(?<name>[A-Z][A-Z0-9_]+)=/.exec(line)?.groups?.["name"];
    const above = lines[index - 1];
    if (name) documented.set(name, { line: index + 1, hasSentence: /^#.*\w{2,}.*[.!)]$/.test(above ?? "") && !isEntry(above) });
  }
  return documented;
}

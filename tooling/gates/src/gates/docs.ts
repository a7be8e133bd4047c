import { judgeCommands } from "../docs/commands.ts";
import { judgeLinks } from "../docs/links.ts";
import { readDocument } from "../docs/markdown.ts";
import { judgePaths } from "../docs/paths.ts";
import { judgeTables } from "../docs/tables.ts";
import { judgeWalks } from "../docs/walks.ts";
import type { Finding, Gate } from "../gate.ts";

const DOCUMENT = /^(?:[A-Z]+\.md|docs\/.*\.md|(?:apps|packages|tooling)\/[^/]+\/[^/]+\.md|(?:e2e|benchmarks|supabase)\/[^/]+\.md)$/;
/** Documents a newcomer is sent to; without one of them the house has no door. */
const REQUIRED = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/walks.md"];

/** What the documents name must exist: paths, links, commands, packages, and the glossary's tables. */
export const docs: Gate = {
  name: "docs",
  promise: "every path, link, command and table that a document names exists",
  run(house) {
    const missing = REQUIRED.filter((path) => !house.has(path)).map((path): Finding => ({ path, what: "is missing", fix: "write it" }));
    const documents = house.files.filter((path) => DOCUMENT.test(path)).map((path) => readDocument(path, house.read(path)));
    const wrong = documents.flatMap((document) => [
      ...judgeLinks(house, document),
      ...judgePaths(house, document),
      ...judgeCommands(house, document),
      ...judgeTables(house, document),
      ...judgeWalks(house, document),
    ]);
    return { checked: documents.length, findings: [...missing, ...wrong] };
  },
};

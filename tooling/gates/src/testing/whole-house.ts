import { type House, houseOf } from "../house/house.ts";
import { sourceFiles } from "../rooms/files.ts";
import { roomGraph } from "../rooms/graph.ts";
import { LAW } from "../rooms/law.ts";
import { roomsTable, withTable } from "../rooms/table.ts";
import { manifest } from "./fixture.ts";

const MAP = "# Map\n<!-- rooms:begin (pnpm rooms --write) -->\n<!-- rooms:end -->\n";
const SUBPATHS: Readonly<Record<string, Record<string, string>>> = {
  "@herald/temporal": { "./contract": "./src/contract/index.ts", "./client": "./src/client/index.ts" },
  "@herald/provider": { ".": "./src/index.ts", "./testing": "./src/testing/index.ts" },
};
const THIRD_PARTY = ["zod", "pg", "next", "undici", "@temporalio/workflow", "@temporalio/client"];

/** Every room of the law, empty and lawful, with a correct map, and the given files added. All workspace packages are declared. */
export function wholeHouse(added: Readonly<Record<string, string>> = {}, map?: string): House {
  const files: Record<string, string> = {};
  for (const [name, law] of Object.entries(LAW)) {
    const folder = folderOf(name);
    const known = [...law.values, ...law.types]
      .filter((other) => other !== "@herald/*")
      .map((other) => other.split("/").slice(0, 2).join("/"));
    files[`${folder}/package.json`] = manifest(name, {
      exports: SUBPATHS[name] ?? { ".": "./src/index.ts" },
      dependencies: Object.fromEntries([
        ...known.map((other) => [other, "workspace:*"]),
        ...THIRD_PARTY.map((other) => [other, "catalog:"]),
      ]),
      devDependencies: { vitest: "catalog:" },
    });
    files[`${folder}/src/index.ts`] = "export {};\n";
  }
  const texts = { ...files, ...added };
  const bare = houseOf(texts);
  return houseOf({ ...texts, "ARCHITECTURE.md": map ?? withTable(MAP, roomsTable(roomGraph(bare, sourceFiles(bare)))) });
}

/** A package.json of the whole house with one more dependency. */
export function declaring(name: string, dependency: string): Record<string, string> {
  const path = `${folderOf(name)}/package.json`;
  const before = JSON.parse(wholeHouse().read(path)) as { dependencies: Record<string, string> };
  return { [path]: JSON.stringify({ ...before, dependencies: { ...before.dependencies, [dependency]: "workspace:*" } }) };
}

function folderOf(name: string): string {
  const short = name.replace("@herald/", "");
  return /^(?:web|worker|simulator)$/.test(short) ? `apps/${short}` : `packages/${short}`;
}

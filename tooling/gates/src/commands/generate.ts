import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATORS } from "../generate/generators.ts";
import { houseAt } from "../house/house.ts";
import { REPOSITORY } from "../house/tool.ts";

/** `pnpm generate`: writes every generated file anew. The gate `generated` fails while one is stale. */
const house = houseAt(REPOSITORY);
for (const generator of GENERATORS) {
  for (const [path, text] of await generator.outputs(house)) {
    if (house.has(path) && house.read(path) === text) continue;
    writeFileSync(join(REPOSITORY, path), text);
    console.log(`${generator.name}: wrote ${path}`);
  }
}

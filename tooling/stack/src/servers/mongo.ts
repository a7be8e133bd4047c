import path from "node:path";
import { mongo as driver } from "mongoose";
import type { Server, ServerContext } from "../launcher/server.ts";
import type { DaemonSpec } from "../processes/daemon.ts";
import { ensureFolder, statePaths } from "../processes/paths.ts";
import { mongoTool } from "./mongo-tool.ts";

const replicaSet = "rs0";

/** MongoDB, or SecantusDB in its place. Either is a replica set of one: transactions and change streams need that. */
export const mongo: Server = {
  name: "mongo",
  needs: [],
  tool: mongoTool,
  portNames: ["mongo"],
  process: (context) => ({ ...commands[kind(context)](context), cwd: dataFolder(context) }),
  isReady: (context) => withAdmin(context, async (admin) => (await admin.command({ ping: 1 })).ok === 1),
  async complete(context) {
    if (kind(context) === "mongod") await initiateReplicaSet(context);
  },
  settings: (context) => ({ MONGODB_URL: `mongodb://127.0.0.1:${context.port("mongo")}/herald?directConnection=true` }),
};

type Kind = "mongod" | "secantus" | "secantus-wheel";
type Command = (context: ServerContext) => Pick<DaemonSpec, "command" | "args" | "env">;

const commands: Readonly<Record<Kind, Command>> = {
  mongod: (context) => ({
    command: program(context),
    args: ["--bind_ip", "127.0.0.1", "--port", port(context), "--dbpath", dataFolder(context), "--replSet", replicaSet],
  }),
  secantus: (context) => ({ command: program(context), args: secantusArgs(context) }),
  "secantus-wheel": (context) => ({
    command: "python3",
    args: [program(context), ...secantusArgs(context)],
    env: { PYTHONPATH: path.resolve(program(context), "..", "..") },
  }),
};

/** --sync-on-commit: an acknowledged write survives a kill. */
function secantusArgs(context: ServerContext): string[] {
  const folder = dataFolder(context);
  return ["--host", "127.0.0.1", "--port", port(context), "--storage-path", folder, "--sync-on-commit", "--cache-size", "512M"];
}

async function initiateReplicaSet(context: ServerContext): Promise<void> {
  await withAdmin(context, async (admin) => {
    const member = { _id: 0, host: `127.0.0.1:${port(context)}` };
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [member] } }).catch((error: driver.MongoServerError) => {
      if (error.codeName !== "AlreadyInitialized") throw error;
    });
  });
}

async function withAdmin<T>(context: ServerContext, work: (admin: driver.Db) => Promise<T>): Promise<T> {
  const client = new driver.MongoClient(`mongodb://127.0.0.1:${port(context)}/?directConnection=true`, { serverSelectionTimeoutMS: 2_000 });
  try {
    return await work(client.db("admin"));
  } finally {
    await client.close();
  }
}

/** Each kind has a folder of its own: the two do not read each other's files. */
function dataFolder(context: ServerContext): string {
  return ensureFolder(statePaths.data(context.stateDir, `mongo-${kind(context)}`));
}

function kind({ tool }: ServerContext): Kind {
  return (tool?.kind ?? "mongod") as Kind;
}

function program({ tool }: ServerContext): string {
  return tool?.path ?? "mongod";
}

function port(context: ServerContext): string {
  return String(context.port("mongo"));
}

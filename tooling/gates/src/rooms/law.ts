/**
 * Who may import whom: the one statement of it. ARCHITECTURE.md, the lint rules and turbo's tags are generated from here
 * (`pnpm generate`); `pnpm rooms` holds the real imports against it. Default: nothing.
 */

/** What a package is; also its tag for `turbo boundaries`. */
export type RoomKind =
  | "kernel"
  | "sealing"
  | "contract"
  | "domain"
  | "temporal"
  | "workflows"
  | "activities"
  | "adapter"
  | "observability"
  | "ui"
  | "app"
  | "simulator"
  | "tooling";

export interface RoomLaw {
  readonly kind: RoomKind;
  /** Packages of the workspace (by kind, or by subpath where only a part is open) that product code may import by value. */
  readonly values: readonly string[];
  /** … and those it may name by `import type` only. */
  readonly types: readonly string[];
  /** Third-party modules by package name; "declared" means whatever package.json lists. */
  readonly thirdParty: readonly string[] | "declared";
  /** False: no `node:*`, no `process`. */
  readonly node: boolean;
  /** For the reader of a violation and of ARCHITECTURE.md. */
  readonly never: string;
}

export const DOMAINS = ["@herald/campaign", "@herald/contacts", "@herald/identity"] as const;
export const ADAPTERS = ["@herald/postgres", "@herald/mongo", "@herald/redis", "@herald/pusher", "@herald/provider-meta"] as const;

const KERNEL = "@herald/kernel";
const SEALING = "@herald/sealing";
const PROVIDER = "@herald/provider";
const CONTRACT = "@herald/temporal/contract";

function domain(...libraries: string[]): RoomLaw {
  return {
    kind: "domain",
    values: [KERNEL],
    types: [PROVIDER],
    thirdParty: ["zod", ...libraries],
    node: false,
    never: "Temporal, SQL, HTTP, Node, another domain (read it through a port of your own)",
  };
}

function adapter(...sdks: string[]): RoomLaw {
  return {
    kind: "adapter",
    values: [KERNEL, SEALING, PROVIDER],
    types: [...DOMAINS],
    thirdParty: sdks,
    node: true,
    never: "another adapter; a domain's functions (its port types only)",
  };
}

function tool(values: readonly string[] = ["@herald/*"]): RoomLaw {
  return { kind: "tooling", values, types: [], thirdParty: "declared", node: true, never: "being imported by the product" };
}

/** One entry per workspace package. A package that is not here has no room: give it one before its first line. */
export const LAW: Readonly<Record<string, RoomLaw>> = {
  "@herald/kernel": { kind: "kernel", values: [], types: [], thirdParty: [], node: false, never: "anything" },
  "@herald/sealing": { kind: "sealing", values: [], types: [], thirdParty: [], node: true, never: "anything but `node:crypto`" },
  "@herald/provider": { kind: "contract", values: [KERNEL], types: [], thirdParty: [], node: false, never: "an adapter, a domain, Node" },
  "@herald/campaign": domain("temporal-polyfill"),
  "@herald/contacts": domain("libphonenumber-js", "csv-parse"),
  "@herald/identity": domain(),
  "@herald/temporal": {
    kind: "temporal",
    values: [KERNEL, SEALING],
    types: [],
    thirdParty: ["@temporalio/client", "@temporalio/common", "@temporalio/proto"],
    node: true,
    never: "workflows; any SDK, zod or Node in `contract`",
  },
  "@herald/workflows": {
    kind: "workflows",
    values: [KERNEL, CONTRACT, ...DOMAINS],
    types: ["@herald/activities"],
    thirdParty: ["@temporalio/workflow"],
    node: false,
    never: "zod (also through a domain), adapters, path aliases, Node",
  },
  "@herald/activities": {
    kind: "activities",
    values: [KERNEL, ...DOMAINS, PROVIDER, CONTRACT],
    types: [],
    thirdParty: ["@temporalio/activity", "@temporalio/common"],
    node: true,
    never: "adapters, env",
  },
  "@herald/postgres": adapter("pg"),
  "@herald/mongo": adapter("mongoose"),
  "@herald/redis": adapter("@upstash/redis"),
  "@herald/pusher": adapter("pusher"),
  "@herald/provider-meta": adapter("undici", "zod"),
  "@herald/observability": {
    kind: "observability",
    values: [KERNEL],
    types: [],
    thirdParty: ["pino", "prom-client"],
    node: true,
    never: "domains",
  },
  "@herald/ui": {
    kind: "ui",
    values: [],
    types: [],
    thirdParty: "declared",
    node: false,
    never: "a domain, an adapter, a message catalogue: texts come by props",
  },
  "@herald/web": {
    kind: "app",
    values: [KERNEL, SEALING, ...DOMAINS, PROVIDER, "@herald/temporal", "@herald/observability", "@herald/ui", ...ADAPTERS],
    types: [],
    thirdParty: "declared",
    node: true,
    never: "another app, workflow code, activities",
  },
  "@herald/worker": {
    kind: "app",
    values: [
      KERNEL,
      SEALING,
      ...DOMAINS,
      PROVIDER,
      "@herald/temporal",
      "@herald/workflows",
      "@herald/activities",
      "@herald/observability",
      ...ADAPTERS,
    ],
    types: [],
    thirdParty: "declared",
    node: true,
    never: "another app",
  },
  "@herald/simulator": {
    kind: "simulator",
    values: [KERNEL],
    types: [],
    thirdParty: "declared",
    node: true,
    never: "all else: it shares no types with the adapters it audits",
  },
  "@herald/testkit": tool(),
  "@herald/e2e": tool(),
  "@herald/benchmarks": tool(),
  "@herald/supabase": tool(),
  "@herald/stack": tool([KERNEL]),
  "@herald/demo": tool([KERNEL, SEALING, "@herald/stack"]),
  "@herald/chaos": tool(["@herald/demo", "@herald/stack"]),
  "@herald/gates": tool(["@herald/stack"]),
  "@herald/tsconfig": tool([]),
};

/** `@herald/temporal/contract` is allowed by itself or by `@herald/temporal`; `@herald/*` allows all. */
export function allows(allowed: readonly string[], specifier: string): boolean {
  return allowed.some((entry) => entry === "@herald/*" || specifier === entry || specifier.startsWith(`${entry}/`));
}

/** "@scope/name/sub/path" → "@scope/name"; "name/sub" → "name". */
export function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

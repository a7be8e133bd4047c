import { err, ok, type Result } from "@herald/kernel";
import { z } from "zod";
import { templateComponents } from "./graph/template-shape.ts";
import { hash32 } from "./random.ts";

const graphId = z.string().regex(/^\d{5,20}$/, "a Graph id: 5 to 20 digits");
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "E.164 with +");
const share = z.number().min(0).max(1);
const range = z
  .strictObject({ minMs: z.number().min(0), maxMs: z.number().min(0) })
  .refine((value) => value.minMs <= value.maxMs, "minMs must not exceed maxMs");

const app = z.strictObject({
  appId: graphId.default("1000000000000001"),
  secret: z.string().min(1).nullable().default(null),
  verifyToken: z.string().min(1).default("verify-me"),
});

/** `retry…` are real milliseconds. Bounds: 1,000 updates a POST is Meta's own (developers.facebook.com/docs/graph-api/webhooks/getting-started). */
const webhook = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  maxBatch: z.int().min(1).max(1000).default(50),
  maxConcurrent: z.int().min(1).max(256).default(8),
  lingerMs: z.number().min(0).default(20),
  timeoutMs: z.number().min(1).default(10_000),
  retryBaseMs: z.number().min(1).default(500),
  retryMaxMs: z.number().min(1).default(15_000),
  duplicateShare: share.default(0),
  outOfOrderShare: share.default(0),
  opaqueOnFailed: z.boolean().default(true),
});

const receipts = z.strictObject({
  sentAfter: range.default({ minMs: 200, maxMs: 1200 }),
  deliveredAfter: range.default({ minMs: 300, maxMs: 4000 }),
  readAfter: range.default({ minMs: 2000, maxMs: 60_000 }),
  replyAfter: range.default({ minMs: 3000, maxMs: 30_000 }),
  readShare: share.default(0.7),
});

const token = z.strictObject({
  token: z.string().min(1),
  wabaIds: z.array(graphId).nullable().default(null),
  expiresAtMs: z.number().nullable().default(null),
});

const waba = z.strictObject({
  wabaId: graphId,
  name: z.string().min(1).default("WhatsApp Business Account"),
  businessId: graphId.default("3000000000000001"),
  currency: z.string().length(3).default("USD"),
  timezoneId: z.string().default("1"),
  subscribed: z.boolean().default(true),
});

const number = z.strictObject({
  phoneNumberId: graphId,
  wabaId: graphId,
  displayPhoneNumber: e164,
  verifiedName: z.string().min(1).default("Business"),
  qualityRating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).default("GREEN"),
  throughputLevel: z.enum(["STANDARD", "HIGH", "NOT_APPLICABLE"]).default("STANDARD"),
  capPerSecond: z.int().min(1).nullable().default(null),
  isOnBizApp: z.boolean().default(false),
  platformType: z.enum(["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"]).default("CLOUD_API"),
  messagingLimit: z.enum(["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"]).default("TIER_100K"),
});

const template = z.strictObject({
  templateId: graphId.optional(),
  wabaId: graphId,
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, "lower-case letters, digits and underscores"),
  language: z.string().min(2),
  category: z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"]).default("MARKETING"),
  status: z
    .enum([
      "APPROVED",
      "ARCHIVED",
      "DELETED",
      "DISABLED",
      "IN_APPEAL",
      "LIMIT_EXCEEDED",
      "PAUSED",
      "PENDING",
      "PENDING_DELETION",
      "REJECTED",
    ])
    .default("APPROVED"),
  parameterFormat: z.enum(["POSITIONAL", "NAMED"]).default("POSITIONAL"),
  components: templateComponents,
});

const config = z
  .strictObject({
    seed: z.int().min(0).default(1),
    timeScale: z.number().min(0).max(100).default(1),
    latency: range.default({ minMs: 60, maxMs: 180 }),
    app: app.prefault({}),
    webhook: webhook.prefault({}),
    receipts: receipts.prefault({}),
    tokens: z.array(token).default([]),
    wabas: z.array(waba).default([]),
    numbers: z.array(number).default([]),
    templates: z.array(template).default([]),
  })
  .superRefine((value, context) => {
    if (value.webhook.url !== null && value.app.secret === null)
      context.addIssue({ code: "custom", path: ["app", "secret"], message: "webhook.url needs app.secret: every webhook is signed" });
    const wabaIds = new Set(value.wabas.map((each) => each.wabaId));
    for (const list of ["numbers", "templates"] as const)
      for (const [index, each] of value[list].entries())
        if (!wabaIds.has(each.wabaId))
          context.addIssue({ code: "custom", path: [list, index, "wabaId"], message: `no WABA ${each.wabaId}` });
  })
  .transform((value) => ({
    ...value,
    templates: value.templates.map((each) => ({ ...each, templateId: each.templateId ?? derivedTemplateId(each) })),
  }));

export type Config = z.infer<typeof config>;
export type Waba = Config["wabas"][number];
export type BusinessNumber = Config["numbers"][number];
export type Template = Config["templates"][number];
export type Token = Config["tokens"][number];
export type ConfigIssue = { readonly path: string; readonly message: string };

const derivedTemplateId = (of: { wabaId: string; name: string; language: string }): string =>
  `5${String(hash32(of.wabaId, of.name, of.language)).padStart(15, "0")}`;

export const defaultConfig = (seed: number, timeScale: number): Config => config.parse({ seed, timeScale });

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

/** What makes two list entries the same thing. */
const identityByList: Readonly<Record<string, readonly string[]>> = {
  tokens: ["token"],
  wabas: ["wabaId"],
  numbers: ["phoneNumberId"],
  templates: ["wabaId", "name", "language"],
};

function upsert(current: readonly unknown[], entries: readonly unknown[], identity: readonly string[]): unknown[] {
  const merged = [...current];
  for (const entry of entries) {
    const at = merged.findIndex((each) => isPlain(each) && isPlain(entry) && identity.every((key) => each[key] === entry[key]));
    if (at < 0) merged.push(entry);
    else merged[at] = { ...(merged[at] as Plain), ...(entry as Plain) };
  }
  return merged;
}

/** Lays a partial document over a configuration: objects merge, lists upsert by identity, the whole is checked again. */
export function mergeConfig(current: Config, patch: unknown): Result<Config, readonly ConfigIssue[]> {
  if (!isPlain(patch)) return err([{ path: "", message: "must be a JSON object" }]);
  const merged: Plain = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    const identity = identityByList[key];
    const before = merged[key];
    if (identity !== undefined && Array.isArray(before) && Array.isArray(value)) merged[key] = upsert(before, value, identity);
    else merged[key] = isPlain(before) && isPlain(value) ? { ...before, ...value } : value;
  }
  const parsed = config.safeParse(merged);
  return parsed.success ? ok(parsed.data) : err(issuesOf(parsed.error));
}

export const issuesOf = (error: z.ZodError): ConfigIssue[] =>
  error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));

import { z } from "zod";
import { templateComponents } from "../graph/template-shape.ts";

const graphId = z.string().regex(/^\d{5,20}$/, "a Graph id: 5 to 20 digits");
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "E.164 with +");
const share = z.number().min(0).max(1);
const code = z.int().min(0);

/** Milliseconds, both ends included. */
export const range = z
  .strictObject({ minMs: z.number().min(0), maxMs: z.number().min(0) })
  .refine((value) => value.minMs <= value.maxMs, "minMs must not exceed maxMs");
export type Range = z.infer<typeof range>;

/** How long a send waits for its answer: uniform, and for a share of requests much longer. Scaled by `timeScale`. */
export const latency = z
  .strictObject({
    minMs: z.number().min(0).default(60),
    maxMs: z.number().min(0).default(180),
    slowShare: share.default(0),
    slow: range.default({ minMs: 1000, maxMs: 5000 }),
  })
  .refine((value) => value.minMs <= value.maxMs, "minMs must not exceed maxMs");

export const app = z.strictObject({
  appId: graphId.default("1000000000000001"),
  secret: z.string().min(1).nullable().default(null),
  verifyToken: z.string().min(1).default("verify-me"),
});

/** `retry…` are real milliseconds. Bounds: 1,000 updates a POST is Meta's own (developers.facebook.com/docs/graph-api/webhooks/getting-started). */
export const webhook = z.strictObject({
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

export const receipts = z.strictObject({
  sentAfter: range.default({ minMs: 200, maxMs: 1200 }),
  deliveredAfter: range.default({ minMs: 300, maxMs: 4000 }),
  readAfter: range.default({ minMs: 2000, maxMs: 60_000 }),
  replyAfter: range.default({ minMs: 3000, maxMs: 30_000 }),
  readShare: share.default(0.7),
});

/** Real milliseconds. Pair rate: 1 message per 6 seconds, 45 borrowed (…/whatsapp/about-the-platform). */
export const limits = z.strictObject({
  pair: z
    .strictObject({ intervalMs: z.number().min(1).default(6000), burst: z.int().min(1).default(45) })
    .nullable()
    .default({ intervalMs: 6000, burst: 45 }),
});

/** What number rules make of people. Which prefix Meta changes is its own business; here it is chosen. */
export const people = z.strictObject({
  /** Marketing templates to numbers of the United States fail with 131049 (…/whatsapp/templates/marketing-templates/per-user-limits). */
  usMarketing: z.boolean().default(false),
  brazil: z.enum(["strip_nine", "add_nine", "keep"]).default("strip_nine"),
  mexico: z.enum(["add_one", "strip_one", "keep"]).default("add_one"),
  /** Whether webhooks carry business-scoped user ids: not at all, beside the phone number, or for a share of users in its place. */
  bsuid: z.enum(["none", "both", "alone"]).default("both"),
  bsuidAloneShare: share.default(1),
  bsuidSends: z.enum(["accept", "refuse"]).default("accept"),
});

/** What a send over the portfolio's limit meets; Meta documents no code for it. */
const overLimit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("refuse"), code: code.default(131048) }),
  z.strictObject({ kind: z.literal("fail"), code: code.default(131048) }),
  z.strictObject({ kind: z.literal("count") }),
]);

export const portfolio = z.strictObject({
  businessId: graphId,
  /** Unique users outside service windows per window; null takes the tier of the portfolio's numbers. */
  limit: z.int().min(0).nullable().default(null),
  windowMs: z.number().min(1).default(86_400_000),
  overLimit: overLimit.default({ kind: "refuse", code: 131048 }),
});

export const token = z.strictObject({
  token: z.string().min(1),
  wabaIds: z.array(graphId).nullable().default(null),
  expiresAtMs: z.number().nullable().default(null),
});

export const waba = z.strictObject({
  wabaId: graphId,
  name: z.string().min(1).default("WhatsApp Business Account"),
  businessId: graphId.default("3000000000000001"),
  currency: z.string().length(3).default("USD"),
  timezoneId: z.string().default("1"),
  subscribed: z.boolean().default(true),
  /** Sends are refused with `code`, until then or until further notice. */
  restriction: z.strictObject({ code, untilMs: z.number().nullable() }).nullable().default(null),
  /** Sends are refused, or accepted and failed by webhook, with `code`. */
  paymentProblem: z
    .strictObject({ code, how: z.enum(["webhook", "refuse"]) })
    .nullable()
    .default(null),
});

export const tiers = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"] as const;

export const number = z.strictObject({
  phoneNumberId: graphId,
  wabaId: graphId,
  displayPhoneNumber: e164,
  verifiedName: z.string().min(1).default("Business"),
  qualityRating: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).default("GREEN"),
  throughputLevel: z.enum(["STANDARD", "HIGH", "NOT_APPLICABLE"]).default("STANDARD"),
  capPerSecond: z.int().min(1).nullable().default(null),
  isOnBizApp: z.boolean().default(false),
  platformType: z.enum(["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"]).default("CLOUD_API"),
  messagingLimit: z.enum(tiers).default("TIER_100K"),
  /** Sends meet 131057 until then. */
  maintenanceUntilMs: z.number().nullable().default(null),
});

export const templateStatuses = [
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
] as const;
export const templateCategories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;

export const template = z.strictObject({
  templateId: graphId.optional(),
  wabaId: graphId,
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, "lower-case letters, digits and underscores"),
  language: z.string().min(2),
  category: z.enum(templateCategories).default("MARKETING"),
  status: z.enum(templateStatuses).default("APPROVED"),
  parameterFormat: z.enum(["POSITIONAL", "NAMED"]).default("POSITIONAL"),
  components: templateComponents,
});

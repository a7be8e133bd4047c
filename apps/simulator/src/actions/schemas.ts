import { z } from "zod";
import { every } from "../config/every.ts";
import { templateCategories, templateStatuses, tiers } from "../config/sections.ts";
import { ruleSchema } from "../scenario/rules.ts";

const code = z.int().min(0);
const graphId = z.string().optional();
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "E.164 with +");
const perSecond = z.number().positive().optional();
const forMs = z.number().min(0);

/** Something that happens to the business, rather than to one message. Ids left out mean every configured one. */
export const actionSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("maintenance"),
    phoneNumberId: graphId,
    forMs: forMs.default(60_000),
    upgradeTo: z.enum(["STANDARD", "HIGH"]).optional(),
  }),
  z.strictObject({ do: z.literal("throughput"), phoneNumberId: graphId, level: z.enum(["STANDARD", "HIGH"]) }),
  z.strictObject({ do: z.literal("expire_token"), token: z.string().optional() }),
  z.strictObject({ do: z.literal("renew_token"), token: z.string().optional(), as: z.string().min(1).optional() }),
  z.strictObject({
    do: z.literal("payment_problem"),
    wabaId: graphId,
    how: z.enum(["webhook", "refuse"]).default("webhook"),
    code: code.default(131042),
  }),
  z.strictObject({ do: z.literal("payment_solved"), wabaId: graphId }),
  z.strictObject({
    do: z.literal("template"),
    wabaId: graphId,
    name: z.string().optional(),
    language: z.string().optional(),
    status: z.enum(templateStatuses).optional(),
    category: z.enum(templateCategories).optional(),
    components: z.array(z.looseObject({ type: z.string() })).optional(),
    quality: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]).optional(),
    reason: z.string().default("NONE"),
    title: z.string().optional(),
  }),
  z.strictObject({
    do: z.literal("restrict"),
    wabaId: graphId,
    kind: z.enum(["restriction", "ban"]).default("restriction"),
    restrictions: z.array(z.string()).min(1).default(["RESTRICTED_BIZ_INITIATED_MESSAGING"]),
    code: code.default(368),
    forMs: forMs.optional(),
  }),
  z.strictObject({ do: z.literal("lift_restriction"), wabaId: graphId }),
  z.strictObject({ do: z.literal("messaging_limit"), businessId: graphId, tier: z.enum(tiers) }),
  z.strictObject({
    do: z.literal("pace"),
    scope: z.enum(["template", "portfolio"]).default("template"),
    template: z.string().optional(),
    after: z.int().min(0),
  }),
  z.strictObject({ do: z.literal("release_held"), perSecond }),
  z.strictObject({ do: z.literal("drop_held") }),
  z.strictObject({ do: z.literal("hold_receipts"), replies: z.boolean().default(true) }),
  z.strictObject({ do: z.literal("release_receipts"), perSecond }),
  z.strictObject({ do: z.literal("inbound"), phoneNumberId: graphId, from: e164, text: z.string().min(1) }),
  z.strictObject({ do: z.literal("preference"), phoneNumberId: graphId, from: e164, value: z.enum(["stop", "resume"]) }),
  z.strictObject({
    do: z.literal("notice"),
    wabaId: graphId,
    field: z.string().min(1),
    value: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ do: z.literal("script"), rules: z.array(ruleSchema) }),
  z.strictObject({
    do: z.literal("configure"),
    config: z.record(z.string(), z.unknown()).optional(),
    every: every.optional(),
  }),
]);
export type Action = z.infer<typeof actionSchema>;
export type ActionOf<Kind extends Action["do"]> = Extract<Action, { do: Kind }>;

const delayMs = z.number().min(0).default(0);
const count = z.int().min(1);

/** After so many authenticated sends, acceptances or held messages since the scenario began, or after a time; then after a delay. */
export const whenSchema = z.union([
  z.strictObject({ requests: count, delayMs }),
  z.strictObject({ accepted: count, delayMs }),
  z.strictObject({ held: count, delayMs }),
  z.strictObject({ afterMs: z.number().min(0), delayMs }),
]);
export type When = z.infer<typeof whenSchema>;

export const stepSchema = z.strictObject({ when: whenSchema, action: actionSchema });

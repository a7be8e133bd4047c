import { z } from "zod";
import { type Range, range, templateCategories } from "../config/sections.ts";
import { shareOf } from "../random.ts";

const times = z.int().min(1).optional();
const code = z.int().min(0);
const accepted = z.boolean().default(true);

const oneAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("accept") }),
  z.strictObject({ kind: z.literal("refuse"), code, details: z.string().optional(), times }),
  z.strictObject({ kind: z.literal("cut"), accepted, times }),
  z.strictObject({ kind: z.literal("hang"), accepted, hangMs: z.number().min(1).default(60_000), times }),
  z.strictObject({ kind: z.literal("half_open"), accepted, times }),
  z.strictObject({
    kind: z.literal("server_error"),
    accepted,
    status: z.int().min(500).max(599).default(500),
    body: z.enum(["html", "empty", "json"]).default("html"),
    times,
  }),
]);
/** The n-th request of a recipient that got as far as the scenario meets the n-th answer, all later ones the last. */
const sequence = z.strictObject({ kind: z.literal("sequence"), answers: z.array(oneAnswer).min(1) });
const answer = z.union([oneAnswer, sequence]);

const receipts = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["normal", "none", "sent", "delivered", "read", "read_without_delivered"]) }),
  z.strictObject({ kind: z.literal("failed"), code, details: z.string().optional(), afterSent: z.boolean().default(true) }),
]);

const delayMs = z.number().min(0).optional();
const reply = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1), quoted: z.boolean().default(true), delayMs }),
  z.strictObject({ kind: z.literal("button"), delayMs }),
  z.strictObject({ kind: z.literal("stop"), quoted: z.boolean().default(false), delayMs }),
  z.strictObject({ kind: z.literal("stop_marketing"), delayMs }),
]);

export const ruleSchema = z.strictObject({
  to: z
    .array(z.string().regex(/^\+[1-9]\d{6,14}$|^[A-Z]{2}\.[A-Za-z0-9.]+$/, "E.164 with +, or a BSUID"))
    .min(1)
    .optional(),
  share: z
    .strictObject({ from: z.number().min(0).max(1), to: z.number().min(0).max(1), salt: z.string().default("share") })
    .refine((value) => value.from < value.to, "from must be below to")
    .optional(),
  phoneNumberId: z.string().optional(),
  /** Name of the template sent. */
  template: z.string().optional(),
  category: z.enum(templateCategories).optional(),
  /** What the recipient's number begins with, such as "55". */
  callingCode: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .optional(),
  answer: answer.optional(),
  receipts: receipts.optional(),
  reply: reply.optional(),
  /** In place of the configured latency; scaled by `timeScale` too. */
  latency: range.optional(),
});

export type Rule = z.infer<typeof ruleSchema>;
export type AnswerScript = z.infer<typeof oneAnswer>;
/** The answers that leave the client in doubt. */
export type AmbiguousScript = Extract<AnswerScript, { accepted: boolean }>;
export type ReceiptsScript = z.infer<typeof receipts>;
export type ReplyScript = z.infer<typeof reply>;
export type Outcome = {
  readonly answer: AnswerScript;
  readonly receipts: ReceiptsScript;
  readonly reply: ReplyScript;
  /** Null: as configured. */
  readonly latency: Range | null;
};

/** The request an outcome is wanted for. */
export type Subject = {
  readonly recipient: string;
  readonly phoneNumberId: string;
  /** Null for free-form messages. */
  readonly template: { readonly name: string; readonly category: (typeof templateCategories)[number] } | null;
  /** Requests for this recipient that a scenario has already decided. */
  readonly decidedBefore: number;
};

/**
 * What happens to whom. For each facet (answer, receipts, reply) the first rule wins that matches and has that facet, so that
 * "1 % are refused" and "10 % reply" are two independent lines. Shares fall by hash: same seed, same people, in any order.
 */
export class Scenario {
  readonly rules: readonly Rule[];
  readonly #seed: number;
  readonly #listed: readonly (ReadonlySet<string> | null)[];

  constructor(rules: readonly Rule[], seed: number) {
    this.rules = rules;
    this.#seed = seed;
    this.#listed = rules.map((rule) => (rule.to === undefined ? null : new Set(rule.to)));
  }

  outcomeOf(subject: Subject): Outcome {
    let [answer, receipts, reply, latency]: [AnswerScript?, ReceiptsScript?, ReplyScript?, Range?] = [];
    for (const [index, rule] of this.rules.entries()) {
      if (!this.#matches(rule, index, subject)) continue;
      const script = rule.answer === undefined ? undefined : turnOf(rule.answer, subject.decidedBefore);
      if (script !== undefined && !isUsedUp(script, subject.decidedBefore)) answer ??= script;
      receipts ??= rule.receipts;
      reply ??= rule.reply;
      latency ??= rule.latency;
    }
    return {
      answer: answer ?? { kind: "accept" },
      receipts: receipts ?? { kind: "normal" },
      reply: reply ?? { kind: "none" },
      latency: latency ?? null,
    };
  }

  #matches(rule: Rule, index: number, { recipient, phoneNumberId, template }: Subject): boolean {
    if (rule.phoneNumberId !== undefined && rule.phoneNumberId !== phoneNumberId) return false;
    if (rule.template !== undefined && rule.template !== template?.name) return false;
    if (rule.category !== undefined && rule.category !== template?.category) return false;
    if (rule.callingCode !== undefined && !recipient.startsWith(`+${rule.callingCode}`)) return false;
    if (this.#listed[index]?.has(recipient) === false) return false;
    if (rule.share === undefined) return true;
    const place = shareOf(this.#seed, rule.share.salt, recipient);
    return rule.share.from <= place && place < rule.share.to;
  }
}

const turnOf = (script: z.infer<typeof answer>, decidedBefore: number): AnswerScript | undefined =>
  script.kind === "sequence" ? script.answers[Math.min(decidedBefore, script.answers.length - 1)] : script;

const isUsedUp = (script: AnswerScript, decidedBefore: number): boolean =>
  script.kind !== "accept" && script.times !== undefined && decidedBefore >= script.times;

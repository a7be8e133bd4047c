import { z } from "zod";
import { shareOf } from "./random.ts";

const times = z.int().min(1).optional();
const code = z.int().min(0);

const answer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("accept") }),
  z.strictObject({ kind: z.literal("refuse"), code, details: z.string().optional(), times }),
  z.strictObject({ kind: z.literal("cut"), accepted: z.boolean().default(true), times }),
  z.strictObject({ kind: z.literal("hang"), accepted: z.boolean().default(true), hangMs: z.number().min(1).default(60_000), times }),
  z.strictObject({ kind: z.literal("server_error"), accepted: z.boolean().default(true), times }),
]);

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
  answer: answer.optional(),
  receipts: receipts.optional(),
  reply: reply.optional(),
});

export type Rule = z.infer<typeof ruleSchema>;
export type AnswerScript = z.infer<typeof answer>;
export type ReceiptsScript = z.infer<typeof receipts>;
export type ReplyScript = z.infer<typeof reply>;
export type Outcome = { readonly answer: AnswerScript; readonly receipts: ReceiptsScript; readonly reply: ReplyScript };

/** The request an outcome is wanted for. */
export type Subject = {
  readonly recipient: string;
  readonly phoneNumberId: string;
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
    let [answer, receipts, reply]: [AnswerScript?, ReceiptsScript?, ReplyScript?] = [];
    for (const [index, rule] of this.rules.entries()) {
      if (!this.#matches(rule, index, subject)) continue;
      if (rule.answer !== undefined && !isUsedUp(rule.answer, subject.decidedBefore)) answer ??= rule.answer;
      receipts ??= rule.receipts;
      reply ??= rule.reply;
    }
    return { answer: answer ?? { kind: "accept" }, receipts: receipts ?? { kind: "normal" }, reply: reply ?? { kind: "none" } };
  }

  #matches(rule: Rule, index: number, { recipient, phoneNumberId }: Subject): boolean {
    if (rule.phoneNumberId !== undefined && rule.phoneNumberId !== phoneNumberId) return false;
    if (this.#listed[index]?.has(recipient) === false) return false;
    if (rule.share === undefined) return true;
    const place = shareOf(this.#seed, rule.share.salt, recipient);
    return rule.share.from <= place && place < rule.share.to;
  }
}

const isUsedUp = (script: AnswerScript, decidedBefore: number): boolean =>
  script.kind !== "accept" && script.times !== undefined && decidedBefore >= script.times;

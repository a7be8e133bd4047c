import type { DeferredGroup, OpenBlock } from "./report-port.ts";

/** What is left to do about messages that wait. `none`: they are sent by themselves. */
export const waitCures = ["none", "cure_block", "renew_token", "mend_template", "ask_provider"] as const;
export type WaitCure = (typeof waitCures)[number];

export type ExplainedWait = DeferredGroup & {
  /** The block they wait for; null: they have a time, or their block was cured a moment ago. */
  readonly blockId: string | null;
  readonly cure: WaitCure;
  /** The same in English: how many, until when, why, and what to do. */
  readonly sentence: string;
};

type Words = { readonly because: string; readonly cure: WaitCure };
/** By class of the refusal; the provider's own code is added to the sentence. */
const wordsByClass: Readonly<Record<string, Words>> = {
  SOON: { because: "the provider could not take them at that moment", cure: "none" },
  HOURS: { because: "the provider limits what these people get within a day", cure: "none" },
  TEMPLATE: { because: "the provider refuses the template", cure: "mend_template" },
  NUMBER: { because: "the provider refuses the sender's number", cure: "ask_provider" },
  WABA: { because: "the provider refuses the account", cure: "ask_provider" },
  TOKEN: { because: "the provider refuses the account's token", cure: "renew_token" },
  OPS: { because: "the provider refused them in a way that a person must look at", cure: "ask_provider" },
};
const otherwise: Words = { because: "the provider refused them for now", cure: "none" };

const todo: Readonly<Record<WaitCure, string>> = {
  none: "They are sent by themselves then.",
  cure_block: "Remove the cause, then cure the block.",
  renew_token: "Renew the account's token, then cure the block.",
  mend_template: "Have the template approved again, then cure the block.",
  ask_provider: "Settle it with the provider, then cure the block.",
};

/** "412 wait until tomorrow, because …": one sentence per group, in the order given. */
export const explainWaits = (groups: readonly DeferredGroup[], blocks: readonly OpenBlock[]): readonly ExplainedWait[] =>
  groups.map((group) => {
    const words = wordsByClass[group.class ?? ""] ?? otherwise;
    if (group.latestAtMs !== null) return { ...group, blockId: null, cure: "none", sentence: sentenceOf(group, words, "none") };
    const ofClass = blocks.filter((one) => one.class === group.class);
    const block = ofClass.find((one) => one.code === group.code) ?? ofClass[0] ?? blocks[0] ?? null;
    const cure = words.cure === "none" ? "cure_block" : words.cure;
    return { ...group, blockId: block?.blockId ?? null, cure, sentence: sentenceOf(group, words, cure) };
  });

function sentenceOf({ count, code, earliestAtMs, latestAtMs }: DeferredGroup, { because }: Words, cure: WaitCure): string {
  const who = count === 1 ? "1 waits" : `${count.toLocaleString("en-US")} wait`;
  return `${who} until ${untilWords(earliestAtMs, latestAtMs)}, because ${because}${code === null ? "" : ` (${code})`}. ${todo[cure]}`;
}

function untilWords(earliestAtMs: number | null, latestAtMs: number | null): string {
  if (earliestAtMs === null || latestAtMs === null) return "that is cured";
  const [first, last] = [minuteOf(earliestAtMs), minuteOf(latestAtMs)];
  return first === last ? last : `${first} to ${last}`;
}
const minuteOf = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;

import type { DeferredGroup, OpenBlock } from "./report-port.ts";

/** What is left to do about messages that wait. `none`: they are sent by themselves. */
export const waitCures = ["none", "cure_block", "renew_token", "mend_template", "ask_provider"] as const;
export type WaitCure = (typeof waitCures)[number];

export type ExplainedWait = DeferredGroup & {
  /** The block they wait for, if only besides their time; null: their time is enough, or their block was cured a moment ago. */
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

const todo: Readonly<Record<Exclude<WaitCure, "none">, string>> = {
  cure_block: "Remove the cause, then cure the block.",
  renew_token: "Renew the account's token, then cure the block.",
  mend_template: "Have the template approved again, then cure the block.",
  ask_provider: "Settle it with the provider, then cure the block.",
};

/** "412 wait until tomorrow, because …": one sentence per group, in the order given. `blocks`: the open ones that reach the campaign. */
export const explainWaits = (groups: readonly DeferredGroup[], blocks: readonly OpenBlock[], nowMs: number): readonly ExplainedWait[] =>
  groups.map((group) => {
    const { earliestAtMs, latestAtMs } = group;
    return earliestAtMs === null || latestAtMs === null
      ? waitForCure(group, blocks)
      : waitForTime({ ...group, earliestAtMs, latestAtMs }, blocks[0], nowMs);
  });

function waitForCure(group: DeferredGroup, blocks: readonly OpenBlock[]): ExplainedWait {
  const ofClass = blocks.filter((one) => one.class === group.class);
  const block = ofClass.find((one) => one.code === group.code) ?? ofClass[0] ?? blocks[0] ?? null;
  const cure = cureOf(group.class);
  const sentence = `${countOf(group, "waits", "wait")} until that is cured, because ${reasonOf(group)}. ${todo[cure]}`;
  return { ...group, blockId: block?.blockId ?? null, cure, sentence };
}

type Timed = DeferredGroup & { readonly earliestAtMs: number; readonly latestAtMs: number };
/** Their time alone does not send them while anything of the campaign's is blocked. */
function waitForTime(group: Timed, block: OpenBlock | undefined, nowMs: number): ExplainedWait {
  const { count, earliestAtMs, latestAtMs } = group;
  const isDue = latestAtMs <= nowMs;
  const when = isDue
    ? `${countOf(group, "waited", "waited")}, because ${reasonOf(group)}, and ${count === 1 ? "is" : "are"} due now.`
    : `${countOf(group, "waits", "wait")} until ${untilWords(earliestAtMs, latestAtMs)}, because ${reasonOf(group)}.`;
  if (block === undefined) {
    const goes = count === 1 ? "It is sent by itself" : "They are sent by themselves";
    return { ...group, blockId: null, cure: "none", sentence: `${when} ${goes}${isDue ? "" : " then"}.` };
  }
  const cure = cureOf(block.class);
  const waits = `${count === 1 ? "It waits" : "They wait"} for block ${block.blockId}${isDue ? "" : " as well"}, because ${reasonOf(block)}.`;
  return { ...group, blockId: block.blockId, cure, sentence: `${when} ${waits} ${todo[cure]}` };
}

const wordsOf = (refusal: string | null): Words => wordsByClass[refusal ?? ""] ?? otherwise;
const reasonOf = (refused: Pick<DeferredGroup, "class" | "code">): string =>
  `${wordsOf(refused.class).because}${refused.code === null ? "" : ` (${refused.code})`}`;
/** Of what waits for a block: a block needs somebody. */
function cureOf(refusal: string | null): Exclude<WaitCure, "none"> {
  const { cure } = wordsOf(refusal);
  return cure === "none" ? "cure_block" : cure;
}

const countOf = ({ count }: DeferredGroup, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString("en-US")} ${many}`;

function untilWords(earliestAtMs: number, latestAtMs: number): string {
  const [first, last] = [minuteOf(earliestAtMs), minuteOf(latestAtMs)];
  return first === last ? last : `${first} to ${last}`;
}
const minuteOf = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;

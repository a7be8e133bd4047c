import { ok, type Result } from "@herald/kernel";
import type { VariableSources } from "../compose/content.ts";
import type { EntryTooLarge } from "../freeze/chunk.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import type { CheckedDraft } from "../validate/check-campaign.ts";
import type { Alike } from "./audience.ts";
import { judgeRecipient } from "./judge-recipient.ts";

/** An audience judged, in numbers of people. */
export type Tally = {
  readonly matched: number;
  readonly eligible: number;
  readonly excluded: ReadonlyMap<SkipReason, number>;
  /** Of the eligible; null: not known. */
  readonly countries: ReadonlyMap<string | null, number>;
  /** Per placeholder: of the eligible, who read its fallback; and who is left out because nothing gives it a value. */
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly missingVariables: Readonly<Record<string, number>>;
  /** Of the largest message looked at, as it would be frozen. */
  readonly mostBytes: number;
};

/** Judges one of each kind for all of them. Fails on parameters of over 64 KB. */
export async function tally(
  kinds: AsyncIterable<Alike>,
  checked: Pick<CheckedDraft, "template" | "placeholders">,
  variables: VariableSources,
): Promise<Result<Tally, EntryTooLarge>> {
  const excluded = new Map<SkipReason, number>();
  const countries = new Map<string | null, number>();
  const fallbacks: Record<string, number> = {};
  const missingVariables: Record<string, number> = {};
  let matched = 0;
  let eligible = 0;
  let mostBytes = 0;
  for await (const { one, people } of kinds) {
    matched += people;
    const judged = judgeRecipient(checked, variables, one);
    if (!judged.ok) return judged;
    if (!judged.value.isEligible) {
      excluded.set(judged.value.reason, (excluded.get(judged.value.reason) ?? 0) + people);
      for (const key of judged.value.missing) missingVariables[key] = (missingVariables[key] ?? 0) + people;
      continue;
    }
    eligible += people;
    mostBytes = Math.max(mostBytes, judged.value.frozen.bytes);
    countries.set(one.country, (countries.get(one.country) ?? 0) + people);
    for (const key of judged.value.fellBack) fallbacks[key] = (fallbacks[key] ?? 0) + people;
  }
  return ok({ matched, eligible, excluded, countries, fallbacks, missingVariables, mostBytes });
}

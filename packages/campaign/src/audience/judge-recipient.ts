import { err, ok, type Result } from "@herald/kernel";
import type { VariableSources } from "../compose/content.ts";
import { fillParameters } from "../compose/fill-parameters.ts";
import { type ChunkEntry, type EntryTooLarge, type FrozenEntry, maxEntryBytes } from "../freeze/chunk.ts";
import { frozenEntry } from "../freeze/chunk-cutter.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import type { CheckedDraft } from "../validate/check-campaign.ts";
import type { Candidate } from "./audience.ts";
import { exclusionOf } from "./exclude.ts";

/** What becomes of one chosen person: what will be frozen, or why the person is left out. */
export type Judged =
  | { readonly isEligible: true; readonly entry: ChunkEntry; readonly frozen: FrozenEntry; readonly fellBack: readonly string[] }
  /** `missing`: the placeholders without a value for this person, where that is the reason. */
  | { readonly isEligible: false; readonly reason: SkipReason; readonly missing: readonly string[] };

/** Asked by preview and launch alike, so that a preview shows what the launch will freeze. Fails on parameters of over 64 KB. */
export function judgeRecipient(
  { template, placeholders }: Pick<CheckedDraft, "template" | "placeholders">,
  variables: VariableSources,
  person: Candidate,
): Result<Judged, EntryTooLarge> {
  const { address } = person;
  const reason = exclusionOf(person, template.frozen);
  if (reason !== null || address === null) return ok({ isEligible: false, reason: reason ?? "no_address", missing: [] });
  const { parameters, missing, fellBack } = fillParameters(placeholders, variables, person);
  if (missing.length > 0) return ok({ isEligible: false, reason: "missing_variable", missing });
  const entry = { to: address, parameters };
  const frozen = frozenEntry(entry);
  if (frozen.bytes > maxEntryBytes) return err({ type: "entry_too_large", contactId: person.contactId, maxBytes: maxEntryBytes });
  return ok({ isEligible: true, entry, frozen, fellBack });
}

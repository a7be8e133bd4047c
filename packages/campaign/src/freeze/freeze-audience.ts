import { type CampaignId, err, ok, type Result } from "@herald/kernel";
import type { Candidate } from "../audience/audience.ts";
import { changesBetween } from "../audience/audience-changes.ts";
import { type AudienceChanged, type AudienceCounts, countsOf } from "../audience/audience-counts.ts";
import { judgeRecipient } from "../audience/judge-recipient.ts";
import type { CampaignDraft } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import type { CheckedDraft } from "../validate/check-campaign.ts";
import type { PlannedMessage, RecipientLimit } from "./campaigns.ts";
import type { EntryTooLarge, FrozenChunk } from "./chunk.ts";
import { ChunkCutter } from "./chunk-cutter.ts";

export type NobodyEligible = {
  readonly type: "nobody_eligible";
  readonly matched: number;
  readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
};
export type TooManyRecipients = {
  readonly type: "too_many_recipients";
  readonly eligible: number;
  readonly max: number;
  readonly limitedBy: RecipientLimit["limitedBy"];
};
export type FreezeProblem = NobodyEligible | TooManyRecipients | EntryTooLarge | AudienceChanged;
export type FreezeOptions = {
  /** When the campaign begins; null: now. */
  readonly startsAtMs?: number | null;
  /** What the operator was shown: any other audience is not frozen. Absent: whatever it has become. */
  readonly expected?: AudienceCounts | undefined;
};
export type Frozen = { readonly planned: number; readonly eligible: number; readonly chunkCount: number };

/**
 * Judges everybody who was chosen and writes what each will be sent, or why not; then seals the campaign (law L8). Memory does not grow with the audience:
 * one page is judged while the one before it is written.
 */
export async function freezeAudience(
  ctx: CampaignCtx,
  campaignId: CampaignId,
  draft: CampaignDraft,
  checked: CheckedDraft,
  { startsAtMs = null, expected }: FreezeOptions = {},
): Promise<Result<Frozen, FreezeProblem>> {
  const { maxRecipients, limitedBy } = await ctx.campaigns.limits(draft.senderId, startsAtMs);
  const cutter = new ChunkCutter();
  const excluded = new Map<SkipReason, number>();
  let planned = 0;
  let eligible = 0;

  function judgePage(page: readonly Candidate[]): Result<readonly PlannedMessage[], EntryTooLarge> {
    const messages: PlannedMessage[] = [];
    for (const person of page) {
      const judged = judgeRecipient(checked, draft.variables, person);
      if (!judged.ok) return judged;
      planned += 1;
      if (judged.value.isEligible) {
        eligible += 1;
        messages.push({ contactId: person.contactId, ...cutter.add(judged.value.frozen) });
      } else {
        const { reason } = judged.value;
        excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
        messages.push({ contactId: person.contactId, skipped: reason });
      }
    }
    return ok(messages);
  }

  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const page of ctx.audiences.pages(draft.audience)) {
      const messages = judgePage(page);
      if (!messages.ok) return messages;
      if (eligible > maxRecipients) return err({ type: "too_many_recipients", eligible, max: maxRecipients, limitedBy });
      await writing;
      writing = write(ctx, campaignId, cutter.takeFull(), messages.value);
      writing.catch(() => undefined); // told by the next step that waits for it
    }
  } finally {
    await writing;
  }
  if (eligible === 0) {
    return err({ type: "nobody_eligible", matched: planned, excluded: [...excluded].map(([reason, count]) => ({ reason, count })) });
  }
  const actual = countsOf(planned, eligible, excluded);
  const changes = expected ? changesBetween(expected, actual) : [];
  if (expected && changes.length > 0) return err({ type: "audience_changed", expected, actual, changes });
  const { chunkCount } = cutter;
  await write(ctx, campaignId, cutter.finish(), []);
  await ctx.campaigns.seal(campaignId, { planned, chunkCount });
  return ok({ planned, eligible, chunkCount });
}

async function write(
  { campaigns }: CampaignCtx,
  campaignId: CampaignId,
  chunks: readonly FrozenChunk[],
  messages: readonly PlannedMessage[],
): Promise<void> {
  for (const chunk of chunks) await campaigns.addChunk(campaignId, chunk);
  if (messages.length > 0) await campaigns.addMessages(campaignId, messages);
}

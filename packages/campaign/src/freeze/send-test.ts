import { type CampaignId, type ContactId, err, hours, ok, parseContactId, type Result } from "@herald/kernel";
import { z } from "zod";
import { judgeRecipient } from "../audience/judge-recipient.ts";
import { CampaignDraftInput, idOf } from "../compose/draft.ts";
import type { CampaignCtx } from "../ctx.ts";
import type { SkipReason } from "../ledger/message-state.ts";
import { type CheckedDraft, checkDraft, type DraftProblem } from "../validate/check-campaign.ts";
import type { PlannedMessage } from "./campaigns.ts";
import type { EntryTooLarge } from "./chunk.ts";
import { ChunkCutter } from "./chunk-cutter.ts";

/** Nobody waits longer for a test; what was not begun by then is left out. */
const expiresAfterMs = hours(1);

/** A draft without its audience: the people who try it are named one by one. */
export const TestSendInput = CampaignDraftInput.omit({ audience: true }).extend({
  contactIds: z.array(idOf<ContactId>(parseContactId, "contact")).min(1).max(5),
});
export type TestSend = z.output<typeof TestSendInput>;

export type TestRefused = {
  readonly type: "test_refused";
  readonly refused: readonly {
    readonly contactId: ContactId;
    readonly displayName: string;
    readonly reason: SkipReason;
    /** Placeholders without a value for this person, where that is the reason. */
    readonly missing?: readonly string[];
  }[];
};
export type TestProblem = DraftProblem | EntryTooLarge | TestRefused;
export type TestSent = { readonly campaignId: CampaignId; readonly planned: number };

/**
 * Sends a draft to up to five people, ahead of every bulk campaign of the number. Consent binds as ever, and one person who may not be written to
 * stops all: whoever tries a draft wants to hear of it. Nobody's place under the frequency cap is asked for or used up.
 */
export async function sendTest(ctx: CampaignCtx, input: TestSend): Promise<Result<TestSent, TestProblem>> {
  const audience = { contactIds: input.contactIds };
  const checked = await checkDraft(ctx, "campaign.send", { ...input, audience });
  if (!checked.ok) return checked;
  const judged = await judgeAll(ctx, input, checked.value);
  if (!judged.ok) return judged;
  const { cutter, messages } = judged.value;
  const { sender, template } = checked.value;
  const campaignId = await ctx.campaigns.create({
    kind: "test",
    name: `Test of ${template.frozen.name}`.slice(0, 200),
    senderId: sender.senderId,
    sourceId: sender.sourceId,
    templateId: template.templateId,
    frozenTemplate: template.frozen,
    audience,
    variables: input.variables,
    offer: [],
    scheduledAtMs: null,
    scheduleZone: null,
    latePolicy: "send",
    expiresAtMs: ctx.nowMs + expiresAfterMs,
  });
  const { chunkCount } = cutter;
  for (const chunk of cutter.finish()) await ctx.campaigns.addChunk(campaignId, chunk);
  await ctx.campaigns.addMessages(campaignId, messages);
  await ctx.campaigns.seal(campaignId, { planned: messages.length, chunkCount });
  return ok({ campaignId, planned: messages.length });
}

type JudgedTest = { readonly cutter: ChunkCutter; readonly messages: readonly PlannedMessage[] };

async function judgeAll(
  ctx: CampaignCtx,
  input: TestSend,
  checked: CheckedDraft,
): Promise<Result<JudgedTest, EntryTooLarge | TestRefused>> {
  const cutter = new ChunkCutter();
  const messages: PlannedMessage[] = [];
  const refused: TestRefused["refused"][number][] = [];
  for await (const page of ctx.audiences.pages({ contactIds: input.contactIds })) {
    for (const person of page) {
      const { contactId, displayName } = person;
      const judged = judgeRecipient(checked, input.variables, { ...person, isWithinFrequencyCap: false });
      if (!judged.ok) return judged;
      if (judged.value.isEligible) messages.push({ contactId, ...cutter.add(judged.value.frozen) });
      else {
        const { reason, missing } = judged.value;
        refused.push({ contactId, displayName, reason, ...(missing.length > 0 && { missing }) });
      }
    }
  }
  return refused.length > 0 ? err({ type: "test_refused", refused }) : ok({ cutter, messages });
}

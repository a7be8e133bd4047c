import { err, type NotAllowed, notAllowed, ok, type Result } from "@herald/kernel";
import type { DraftContent } from "../compose/draft-content.ts";
import { measuredFrom } from "../compose/schedule.ts";
import type { CampaignCtx } from "../ctx.ts";
import { consentCheck, dayLimitCheck, frequencyCapCheck, recipientLimitCheck } from "./audience-checks.ts";
import type { CampaignChecks } from "./campaign-checks.ts";
import { mediaCheck, placeholdersCheck, senderCheck, templateCheck } from "./content-checks.ts";
import { learn, previewOf } from "./known-content.ts";
import { readStart, timeCheck } from "./time-check.ts";

const checks = [
  senderCheck,
  templateCheck,
  placeholdersCheck,
  mediaCheck,
  consentCheck,
  frequencyCapCheck,
  dayLimitCheck,
  recipientLimitCheck,
] as const;

/**
 * Every reason for which a launch of the same content would be refused, all at once and each with what is known of it: where a launch answers its first
 * problem, this answers a list. No check is `bad` exactly when the launch would be taken. Changes nothing.
 */
export async function checkContent(ctx: CampaignCtx, content: DraftContent): Promise<Result<CampaignChecks, NotAllowed>> {
  if (!ctx.allows("campaign.preview")) return err(notAllowed("campaign.preview"));
  const start = readStart(content.schedule, ctx.nowMs);
  const known = await learn(ctx, content, measuredFrom(start));
  return ok({ checks: [...checks.map((check) => check(known)), timeCheck(known, start)], preview: previewOf(known) });
}

import { readPaceHistory, reportCampaign } from "@herald/campaign";
import { parseCampaignId } from "@herald/kernel";
import { notFound } from "next/navigation";
import { cache } from "react";
import { presentReport } from "../../doors/answers/campaign.ts";
import { presentPaceHistory } from "../../doors/answers/pace.ts";
import { namesOfColleagues } from "../../panel/colleagues.ts";
import { readMember } from "../../panel/member.ts";
import { rowsOf } from "../../panel/rows.ts";
import type { CampaignFacts, PaceReport, Report } from "./report.ts";

export type Read<Data> = { readonly data: Data; readonly atMs: number };

/** The report of the campaign in the address, as its door answers it; unknown, foreign and misspelt ones alike: there is no such page. */
export const readReport = cache(async (workspaceId: string, campaignInPath: string): Promise<Read<Report>> => {
  const member = await readMember(workspaceId);
  const campaignId = parseCampaignId(campaignInPath);
  if (campaignId === null) notFound();
  const atMs = Date.now();
  const report = await member.read((ctx) => reportCampaign(ctx, { campaignId }));
  if (!report.ok) notFound();
  return { data: presentReport(report.value), atMs };
});

export async function readFacts(workspaceId: string, { campaign }: Report): Promise<CampaignFacts> {
  const member = await readMember(workspaceId);
  const { campaignId, senderId } = campaign;
  const [colleagues, sender, template] = await Promise.all([
    namesOfColleagues(member),
    member.db
      .from("phone_numbers")
      .select("number:display_number, name:verified_name")
      .eq("id", senderId)
      .single<{ number: string; name: string }>(),
    member.db
      .from("campaign_history")
      .select("name:frozen_template->>name, language:frozen_template->>language")
      .eq("id", campaignId)
      .single<CampaignFacts["template"]>(),
  ]);
  const { number, name } = rowsOf(sender);
  return {
    workspaceId: member.workspaceId,
    campaignId,
    userId: member.userId,
    colleagues,
    senderNumber: number,
    senderName: name,
    template: rowsOf(template),
    mayControl: member.allows("campaign.control"),
    mayFree: member.allows("sending.resume"),
  };
}

/** Its pace over the chosen time. */
export async function readPace(workspaceId: string, campaignInPath: string, window: PaceReport["window"]): Promise<Read<PaceReport>> {
  const member = await readMember(workspaceId);
  const campaignId = parseCampaignId(campaignInPath);
  if (campaignId === null) notFound();
  const atMs = Date.now();
  const pace = await member.read((ctx) => readPaceHistory(ctx, { campaignId, window }));
  if (!pace.ok) notFound();
  return { data: presentPaceHistory(pace.value), atMs };
}

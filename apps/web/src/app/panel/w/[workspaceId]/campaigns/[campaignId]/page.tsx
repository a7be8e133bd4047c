import { Overview } from "../../../../../../features/live/overview.client.tsx";
import { readPace } from "../../../../../../features/live/read-campaign.ts";

export default async function CampaignPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly workspaceId: string; readonly campaignId: string }>;
  readonly searchParams: Promise<{ readonly pace?: string | string[] }>;
}) {
  const { workspaceId, campaignId } = await params;
  const window = (await searchParams).pace === "all" ? "all" : "15m";
  return <Overview pace={await readPace(workspaceId, campaignId, window)} />;
}

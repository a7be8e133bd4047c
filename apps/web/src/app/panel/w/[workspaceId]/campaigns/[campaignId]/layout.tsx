import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CampaignHead } from "../../../../../../features/live/campaign-head.client.tsx";
import { CampaignLiveData } from "../../../../../../features/live/campaign-live.client.tsx";
import classes from "../../../../../../features/live/live.module.css";
import { readFacts, readReport } from "../../../../../../features/live/read-campaign.ts";
import { ClientWords } from "../../../../../../words/client-words.tsx";

type Params = Promise<{ readonly workspaceId: string; readonly campaignId: string }>;

export async function generateMetadata({ params }: { readonly params: Params }): Promise<Metadata> {
  const { workspaceId, campaignId } = await params;
  return { title: (await readReport(workspaceId, campaignId)).data.campaign.name };
}

/** Head and ledger of a campaign stay, and keep moving, on each of its parts. */
export default async function CampaignLayout({ params, children }: { readonly params: Params; readonly children: ReactNode }) {
  const { workspaceId, campaignId } = await params;
  const report = await readReport(workspaceId, campaignId);
  const facts = await readFacts(workspaceId, report.data);
  return (
    <ClientWords parts={["live", "codes"]}>
      <CampaignLiveData key={facts.campaignId} facts={facts} initial={report}>
        <div className={classes.campaign}>
          <CampaignHead />
          {children}
        </div>
      </CampaignLiveData>
    </ClientWords>
  );
}

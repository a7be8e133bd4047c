import { readFileSync } from "node:fs";
import pg from "pg";
import { type CampaignView, type LaunchAnswer, type PreviewAnswer, type Product } from "./clients/product.ts";
import type { Simulator } from "./clients/simulator.ts";
import { csvColumns, springSale } from "./story/scenario.ts";
import { shop } from "./story/shop.ts";
import { type Comparison, compareLedger } from "./truth/compare.ts";
import { type ConversationCheck, readConversations } from "./truth/conversations.ts";
import { type LedgerView, withLedger } from "./truth/ledger-rows.ts";
import { type ProviderTruth, readTruth } from "./truth/provider-truth.ts";

const finalStatuses = new Set(["sent", "partially_sent", "failed", "cancelled"]);

/** Imports a file into a list of its own and launches the spring sale to it, through the product's doors. */
export async function launchSpringSale(
  product: Product,
  file: { readonly name: string; readonly csv: string | URL },
  campaignName: string,
): Promise<{ readonly preview: PreviewAnswer; readonly launch: LaunchAnswer }> {
  const csv = typeof file.csv === "string" ? file.csv : readFileSync(file.csv);
  const imported = await product.importCsv(shop.workspaceId, { fileName: file.name, listName: campaignName, ...csvColumns }, csv);
  if (imported.recipientListId === null) throw new Error("the import made no list");
  const draft = springSale(imported.recipientListId);
  const preview = await product.preview(draft);
  const launch = await product.bulkSend({ ...draft, name: campaignName }, `demo-${campaignName.replace(/\W+/g, "-")}`);
  return { preview, launch };
}

/** Polls until the campaign is final. `onView` sees every answer; a door that is away is asked again until the deadline. */
export async function untilFinal(
  product: Product,
  campaignId: string,
  deadlineMs: number,
  onView: (view: CampaignView) => void = () => undefined,
): Promise<CampaignView> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const view = await product.campaign(campaignId).catch(() => null);
    if (view) onView(view);
    if (view && finalStatuses.has(view.campaign.status)) return view;
    if (performance.now() > endMs)
      throw new Error(`the campaign is ${view?.campaign.status ?? "not to be read"} after ${deadlineMs} ms: ${JSON.stringify(view)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export type Audit = {
  readonly ledger: LedgerView;
  readonly comparison: Comparison;
  readonly conversations: ConversationCheck;
  readonly problems: readonly string[];
};

/** Ledger beside truth beside MongoDB, once the simulator has nothing left to tell (bounded wait). `problems` is empty when all agree. */
export async function audit(
  settings: Readonly<Record<string, string | undefined>>,
  simulator: Simulator,
  campaignId: string,
  deadlineMs = 60_000,
): Promise<Audit> {
  const owner = new pg.Client({ connectionString: settings["OWNER_DATABASE_URL"] });
  await owner.connect();
  try {
    const endMs = performance.now() + deadlineMs;
    for (;;) {
      const summary = await simulator.summary();
      const truth = await readTruth(simulator.pages(), campaignId);
      const { ledger, comparison } = await withLedger(owner, campaignId, async (view, attempts) => ({
        ledger: view,
        comparison: await compareLedger(view, attempts, truth),
      }));
      const conversations = await readConversations(settings["MONGODB_URL"] ?? "", campaignId);
      const problems = [
        ...(summary.queueEmpty ? [] : ["the simulator still has webhooks to deliver"]),
        ...comparison.disagreements,
        ...disagreementsOf(comparison, conversations, truth),
      ];
      if (problems.length === 0 || performance.now() > endMs) return { ledger, comparison, conversations, problems };
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await owner.end();
  }
}

function disagreementsOf({ acceptedHere }: Comparison, conversations: ConversationCheck, { replies }: ProviderTruth): string[] {
  return [
    ...(conversations.messages === acceptedHere ? [] : [`${acceptedHere} accepted messages here, ${conversations.messages} in MongoDB`]),
    ...(conversations.repeated === 0 ? [] : [`${conversations.repeated} conversations or messages stored twice in MongoDB`]),
    ...(conversations.replies === replies ? [] : [`${replies} replies there, ${conversations.replies} in MongoDB`]),
  ];
}

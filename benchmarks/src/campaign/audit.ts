import { type Comparison, compareLedger, readTruth, type Simulator, withLedger } from "@herald/demo";
import type { Client } from "pg";

/** Ledger against truth, attempt by attempt, once nothing moves any more. */
export async function auditCampaign(owner: Client, simulator: Simulator, campaignId: string): Promise<Comparison> {
  const truth = await readTruth(simulator.pages(), campaignId);
  return withLedger(owner, campaignId, (ledger, attempts) => compareLedger(ledger, attempts, truth));
}

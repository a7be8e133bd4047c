import { type Comparison, compareLedger, readLedger, type Simulator } from "@herald/demo";
import type { Client } from "pg";

/** Ledger against truth, attempt by attempt, once nothing moves any more. */
export async function auditCampaign(owner: Client, simulator: Simulator, campaignId: string): Promise<Comparison> {
  return compareLedger(await readLedger(owner, campaignId), await simulator.rows(), campaignId);
}

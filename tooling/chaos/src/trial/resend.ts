import { randomUUID } from "node:crypto";
import type { Scene } from "../faults/fault.ts";
import { eventually } from "../world/eventually.ts";
import { readStandings } from "./standing.ts";

/** An operator sends again what nobody knows about. True when a campaign had such messages and the door took the order. */
export async function resendUnknown({ world, campaigns, operator }: Scene): Promise<boolean> {
  const standings = await readStandings(
    world.ownerUrl,
    campaigns.map(({ campaignId }) => campaignId),
  );
  let hasResent = false;
  for (const { campaignId } of standings.filter(({ unknown }) => unknown > 0)) {
    let key = randomUUID();
    // refused until the overflow was seen to be empty; after a no, the next try is a new order
    const answer = await eventually(35_000, async () => {
      const told = await operator.desk.resendUnknown(campaignId, key);
      if (told !== "refused") return told;
      key = randomUUID();
      return null;
    });
    hasResent ||= answer === "done";
  }
  return hasResent;
}

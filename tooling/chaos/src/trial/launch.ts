import { csvColumns, DoorRefused, type Person, shop, springSale, toCsv } from "@herald/demo";
import type { Launched } from "../faults/fault.ts";
import type { PlannedCampaign } from "../plan/plan.ts";
import { untilDone } from "../world/eventually.ts";
import { senders } from "../world/senders.ts";
import type { Operator } from "../world/world.ts";

/** An operator tries as long as this when the doors are away. */
const patienceMs = 45_000;

/** Imports the people into a list of their own and launches the spring sale to it; asked again with the same key until it is answered. */
export async function launch({ product }: Operator, name: string, planned: PlannedCampaign, people: readonly Person[]): Promise<Launched> {
  const listed = await untilDone(
    patienceMs,
    () => product.importCsv(shop.workspaceId, { fileName: "people.csv", listName: name, ...csvColumns }, toCsv(people)),
    isFinalNo,
  );
  if (listed.recipientListId === null) throw new Error("the import made no list");
  const draft = { ...springSale(listed.recipientListId), senderId: senders[planned.sender].senderId, name };
  const { campaignId } = await untilDone(patienceMs, () => product.bulkSend(draft, name), isFinalNo);
  return { campaignId, sender: planned.sender, phones: people.map(({ phone }) => phone) };
}

/** 409: the same order is still being carried out. */
const isFinalNo = (error: unknown): boolean => error instanceof DoorRefused && error.status < 500 && error.status !== 409;

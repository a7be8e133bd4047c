import type { ContactId } from "@herald/kernel";
import type { ContactOptions } from "../factories/people.ts";
import type { Contact, Shop, World } from "../index.ts";
import { grantAll, takeOver } from "./support.ts";

export async function onePerson(shop: Shop, options: ContactOptions = {}): Promise<Contact> {
  const [person] = await shop.contacts(1, options);
  if (!person) throw new Error("one person was made");
  return person;
}

let said = 0;
/** The person writes "stop" to the shop's number. */
export function saysStop(world: World, { workspaceId, sender }: Shop, person: Contact): Promise<unknown> {
  said += 1;
  return world.engine.people.recordInbound(
    { workspaceId, senderId: sender.senderId },
    {
      inboxId: "1",
      isStop: true,
      event: {
        kind: "inbound",
        providerMessageId: `wamid.stop.${said}`,
        atMs: Date.now(),
        from: [{ channel: "whatsapp", kind: "phone", value: person.phone }],
        profileName: null,
        type: "text",
        text: "stop",
        buttonPayload: null,
        repliesToProviderMessageId: null,
      },
    },
  );
}

type RacedRow = {
  readonly contact_id: ContactId;
  readonly state: string;
  readonly reason: string | null;
  readonly intent_ms: number | null;
};

/**
 * A campaign to 900 people, of whom every second one leaves while it is granted. `broken`: messages that were intended after the person's opt-out
 * was committed.
 */
export async function raceOptOuts(world: World, leave: (person: Contact, shop: Shop) => Promise<unknown>) {
  const shop = await world.aShop({ capPerSecond: 300 });
  const people = await shop.contacts(900);
  const lane = await takeOver(world.engine, shop, await shop.aCampaign().with(people).launch());
  const committedAt = new Map<ContactId, number>();
  // in an order of their own, so that some leave long before their turn, some long after, and many just then
  const leaving = people.filter((_, index) => index % 2 === 1).toSorted((a, b) => a.contactId.localeCompare(b.contactId));
  const optingOut = async (own: readonly Contact[]): Promise<void> => {
    for (const person of own) {
      await leave(person, shop);
      // read after the commit was acknowledged: whatever is granted with a later clock must have seen it
      committedAt.set(person.contactId, (await world.engine.gate.readClock()).databaseMs);
    }
  };
  const grantor = world.anotherEngine();
  await Promise.all(
    [0, 1, 2]
      .map((nth) => optingOut(leaving.filter((_, index) => index % 3 === nth)))
      .concat(grantAll(grantor, shop, [lane]).then(() => undefined)),
  );
  const { rows } = await world.database.owner.query<RacedRow>(
    `select m.contact_id, m.state, m.reason, extract(epoch from a.intent_at)::float8 * 1000 as intent_ms
     from campaign_messages m left join campaign_attempts a on a.message_id = m.id where m.campaign_id = $1`,
    [lane.campaignId],
  );
  const broken = rows.filter(
    ({ contact_id, intent_ms }) => intent_ms !== null && intent_ms > (committedAt.get(contact_id) ?? Number.POSITIVE_INFINITY),
  );
  return { rows, committedAt, broken };
}

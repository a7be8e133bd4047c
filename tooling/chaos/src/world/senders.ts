import { shop } from "@herald/demo";
import pg from "pg";

/** Two numbers of one account: one at Meta's standard pace, one as the WhatsApp Business app shares it (throughput page of Meta's Cloud API). */
export const senders = [
  { senderId: shop.sender.id, providerNumberId: shop.sender.providerNumberId, capPerSecond: 80 },
  { senderId: "5a0e1c52-1b1f-4c4e-9a57-0d6f3b1c0104", providerNumberId: "4000000000000002", capPerSecond: 20 },
] as const;

const second = { displayNumber: "+14165550101", verifiedName: "Lucky Shrub, back room" } as const;

/** The second number, as its owner connected it. */
export async function connectSecondSender(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, (owner) =>
    owner.query(
      `insert into phone_numbers (id, workspace_id, source_id, provider_number_id, display_number, verified_name, quality, cap_per_second, plan_source)
       values ($1, $2, $3, $4, $5, $6, 'GREEN', $7, 'meta_coexistence') on conflict do nothing`,
      [
        senders[1].senderId,
        shop.workspaceId,
        shop.source.id,
        senders[1].providerNumberId,
        second.displayNumber,
        second.verifiedName,
        senders[1].capPerSecond,
      ],
    ),
  );
}

/** What the simulator must know of it. */
export const secondNumber: object = {
  numbers: [
    {
      phoneNumberId: senders[1].providerNumberId,
      wabaId: shop.source.wabaId,
      displayPhoneNumber: second.displayNumber,
      verifiedName: second.verifiedName,
      isOnBizApp: true,
    },
  ],
};

/** Each trial begins with rested numbers: what an earlier one made of their pace and breaker would slow it beyond its time. */
export async function restSenders(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (owner) => {
    await owner.query("delete from number_health");
    await owner.query("update phone_numbers set probe_at = null, probe_wait_s = null");
  });
}

/** A connection of its own for one piece of work: the database may have been killed since the last. */
export async function withOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 2000, query_timeout: 10_000 });
  // told to the statement that meets it
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}

import {
  type CampaignCtx,
  explainRecipient,
  listRecipients,
  type RecipientStory,
  resendMessages,
  writeOffMessages,
} from "@herald/campaign";
import type { CampaignId, MessageId } from "@herald/kernel";
import type { VerbPorts } from "@herald/postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import { acceptedResult, ambiguousResult, grantAll, receiptOf, refusedResult, takeOver, wamidOf } from "./support.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  shop = await world.aShop();
});

const act = <Input, Value>(verb: (ctx: CampaignCtx, input: Input) => Promise<Value>, input: Input): Promise<Value> =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports: VerbPorts) => verb({ ...ports, allows: () => true }, input));
const set = (text: string, values: readonly unknown[] = []) => world.database.owner.query(text, [...values]);
async function sentTo(count: number) {
  const people = await shop.contacts(count);
  const campaignId = await shop.aCampaign().with(people).launch();
  const held = await grantAll(world.engine, shop, [await takeOver(world.engine, shop, campaignId)]);
  return { people, campaignId, held };
}
async function storyOf(campaignId: CampaignId, messageId: MessageId): Promise<RecipientStory> {
  const told = await act(explainRecipient, { campaignId, messageId });
  if (!told.ok) throw new Error("the recipient has a story");
  return told.value;
}
const overflowRead = async () =>
  world.engine.overflowWatch.note({ waiting: 0, setAside: [], lookedAtMs: 20_000 + (await world.engine.overflowWatch.clockMs()) });

test("one recipient's story has who, what was frozen, each attempt with its answer and receipts, and the reply", async () => {
  const { campaignId, held } = await sentTo(1);
  const [one] = held;
  if (!one) throw new Error("one message was granted");
  await world.engine.ledger.record(shop.workspaceId, [acceptedResult(one)]);
  await world.engine.ledger.mergeReceipts(shop.workspaceId, [receiptOf(one, "delivered", { atMs: Date.now() })]);
  await set(
    `insert into inbound_messages (workspace_id, provider_message_id, sender_id, contact_id, inbox_id, campaign_id, message_id, type, at)
     select workspace_id, 'wamid.reply', $2, contact_id, 1, campaign_id, id, 'text', clock_timestamp() + interval '1 minute' from campaign_messages where id = $1`,
    [one.messageId, shop.sender.senderId],
  );
  const story = await storyOf(campaignId, one.messageId);
  expect(story).toMatchObject({
    verdict: "delivered",
    isActive: true,
    campaign: { status: "sending", template: { name: shop.template.frozen.name } },
    frozen: { chunkNo: 0, entryNo: 0 },
    message: { state: "accepted", receipt: "delivered", resends: 0, attempts: [{ attempt: 1, outcome: "accepted", latencyMs: 5 }] },
    replies: [{ type: "text", isAnswer: true }],
    decisions: [],
  });
  expect(story.address).toMatch(/^\+\d+$/);
  expect(story.consents).toMatchObject([{ state: "granted" }]);
  expect(story.frozen?.parameters.length).toBeGreaterThan(0);
  expect(JSON.stringify(story)).not.toContain(wamidOf(one));
});

test("who came with a file is on its list, and the file and row that proved the consent are told", async () => {
  const { people, campaignId, held } = await sentTo(1);
  const [one] = held;
  const contactId = people[0]?.contactId;
  const { rows } = await set("insert into import_batches (workspace_id, file_name, mapping) values ($1, 'vip.csv', '{}') returning id", [
    shop.workspaceId,
  ]);
  const batch = rows[0]?.id;
  await set("update contacts set import_batch_id = $2 where id = $1", [contactId, batch]);
  await set(
    "insert into consents (workspace_id, contact_id, channel, state, origin, proof) values ($1, $2, 'whatsapp', 'granted', 'import', $3)",
    [shop.workspaceId, contactId, { file: "vip.csv", row: 18, importBatchId: batch }],
  );
  const story = await storyOf(campaignId, one?.messageId as MessageId);
  expect(story.imported).toMatchObject({ importBatchId: batch, fileName: "vip.csv", rowNo: 18 });
  expect(story.consents[0]).toMatchObject({ origin: "import", proof: { file: "vip.csv", row: 18 } });
});

test("a resend and a write-off are told with who decided and why, where they concern the message", async () => {
  const { campaignId, held } = await sentTo(2);
  await world.engine.ledger.record(shop.workspaceId, held.map(ambiguousResult));
  await overflowRead();
  const [first, second] = held.map(({ messageId }) => messageId);
  if (!first || !second) throw new Error("two messages were granted");
  await act(resendMessages, { campaignId, what: "unknown", messageIds: [first], note: "support asked", expiresInHours: 72 });
  await act(writeOffMessages, { campaignId, what: "unknown", messageIds: [second], note: "too old" });
  const [resent, writtenOff] = [await storyOf(campaignId, first), await storyOf(campaignId, second)];
  expect(resent).toMatchObject({
    verdict: "waiting_resend",
    message: { resends: 1 },
    decisions: [{ kind: "resent", userId: shop.actor.userId, note: "support asked", what: "unknown" }],
  });
  expect(writtenOff).toMatchObject({ verdict: "failed_written_off", decisions: [{ kind: "written_off", note: "too old" }] });
});

test("who waits for a cure is told what is blocked; the list says the same verdict as the story", async () => {
  const { campaignId, held } = await sentTo(2);
  const [one, other] = held;
  if (!one || !other) throw new Error("two messages were granted");
  await world.engine.ledger.record(shop.workspaceId, [refusedResult(one, "TOKEN"), refusedResult(other, "CONTACT", 1)]);
  const story = await storyOf(campaignId, one.messageId);
  expect(story).toMatchObject({ verdict: "blocked_token", blocks: [{ class: "TOKEN" }] });
  const filter = { buckets: null, reason: null, code: null, search: null, messageIds: null };
  const listed = await act(listRecipients, { campaignId, after: null, limit: 10, filter });
  if (!listed.ok) throw new Error("the campaign has recipients");
  const verdicts = new Map(listed.value.recipients.map(({ messageId, verdict }) => [messageId, verdict]));
  for (const { messageId } of held) expect(verdicts.get(messageId)).toBe((await storyOf(campaignId, messageId)).verdict);
});

test("somebody left out under the frequency cap is told by which message", async () => {
  const { people, campaignId: before, held } = await sentTo(1);
  await world.engine.ledger.record(shop.workspaceId, held.map(acceptedResult));
  await set("update workspaces set frequency_cap = '24 hours' where id = $1", [shop.workspaceId]);
  const campaignId = await shop.aCampaign().with([]).withSkipped(people).launch();
  const [skipped] = await shop.messages(campaignId);
  await set(
    "insert into contact_marketing (workspace_id, contact_id, message_id, at) values ($1, $2, $3, now()) on conflict (workspace_id, contact_id) do update set message_id = excluded.message_id",
    [shop.workspaceId, people[0]?.contactId, held[0]?.messageId],
  );
  const story = await storyOf(campaignId, skipped?.id as MessageId);
  expect(story).toMatchObject({ frozen: null, lastMarketing: { campaignId: before, isThisMessage: false } });
});

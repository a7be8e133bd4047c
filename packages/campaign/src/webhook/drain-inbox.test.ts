import { expect, test } from "vitest";
import { aCampaignId, aMessageId, aSenderId, aWorkspaceId } from "../testing/ids.ts";
import { anInbound, aPreference, aReceipt, aTemplateStatus, InboxWorld, receivedAtMs } from "../testing/inbox-world.ts";
import { drainInbox, unparkReceipts } from "./drain-inbox.ts";

test("L7: what people said is heard before any receipt is merged, whatever came first", async () => {
  const world = new InboxWorld();
  world.store([aReceipt(), anInbound({ providerMessageId: "inbound-1" })]);
  world.store([aReceipt({ providerMessageId: "provider-2" })]);
  world.store([aPreference(), anInbound({ providerMessageId: "inbound-2" })]);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 3, problems: 0 });
  expect(world.calls).toEqual(["debit", "inbound", "preference", "inbound", "merge", "drained"]);
  expect(world.heard.map(({ providerMessageId }) => providerMessageId)).toEqual(["inbound-1", "inbound-2"]);
  expect(world.heard[0]?.owner).toEqual({ workspaceId: aWorkspaceId(), senderId: aSenderId() });
  expect(world.drained).toEqual(["1", "2", "3"]);
});

test.each([
  [{ text: " Stop! " }, true],
  [{ text: null, buttonPayload: "STOP" }, true],
  [{ text: "Stop promotions", buttonPayload: "payload-7" }, true],
  [{ text: "please stop sending the blue ones" }, false],
  [{ text: null, buttonPayload: "order-stop-7" }, false],
  [{ text: null }, false],
])("L7: an inbound message %o is an opt-out: %s", async (change, isStop) => {
  const world = new InboxWorld();
  world.store([anInbound(change)]);
  await drainInbox(world.deps, 100);
  expect(world.heard).toEqual([expect.objectContaining({ isStop })]);
});

test("a row for a number that nobody here owns keeps its problem, and is not drained", async () => {
  const world = new InboxWorld();
  world.store([anInbound()], "999");
  world.store([aReceipt()]);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 1, problems: 1 });
  expect(world.problems).toEqual(new Map([["1", "no sender of this deployment has this number"]]));
  expect(world.drained).toEqual(["2"]);
  expect(world.heard).toEqual([]);
});

test("bytes that cannot be read, and a provider without an adapter, keep their problem", async () => {
  const world = new InboxWorld();
  world.storeParsed({ kind: "unreadable", reason: "not JSON" });
  world.store([aReceipt()], undefined, "carrier-pigeon");
  world.store([aReceipt()], undefined, "constructor");
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 0, problems: 3 });
  expect([...world.problems.values()]).toEqual([
    "not JSON",
    "no adapter for provider carrier-pigeon",
    "no adapter for provider constructor",
  ]);
  expect(world.merged).toEqual([]);
});

test("events without a number and events of an unknown kind are noted, not an error", async () => {
  const world = new InboxWorld();
  world.store([aReceipt()], null);
  world.store([{ kind: "unknown", field: "account_alerts" }]);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 2, problems: 0 });
  expect(world.logged).toEqual(["webhook.without_number", "webhook.ignored"]);
});

test("an opaque id names our attempt only with the right MAC", async () => {
  const world = new InboxWorld();
  const attemptRef = { campaignId: aCampaignId(), messageId: aMessageId(7), attempt: 2 };
  world.store([
    aReceipt({ providerMessageId: "ours", opaqueId: `${JSON.stringify(attemptRef)}:good-mac` }),
    aReceipt({ providerMessageId: "forged", opaqueId: `${JSON.stringify(attemptRef)}:wrong-mac` }),
    aReceipt({ providerMessageId: "bare" }),
  ]);
  await drainInbox(world.deps, 100);
  expect(world.merged.map((record) => [record.providerMessageId, record.attemptRef])).toEqual([
    ["ours", attemptRef],
    ["forged", null],
    ["bare", null],
  ]);
});

test("a failure that arrives by webhook is settled by its class, and one without a reason is a failure all the same", async () => {
  const world = new InboxWorld();
  const failure = { class: "HOURS", code: "131049", detail: "limit of the recipient", retryAfterMs: null, maxAttempts: 2 } as const;
  world.store([
    aReceipt({ providerMessageId: "a", receipt: "failed", failure }),
    aReceipt({ providerMessageId: "b", receipt: "failed" }),
    aReceipt({ providerMessageId: "c", receipt: "delivered", failure }),
  ]);
  await drainInbox(world.deps, 100);
  expect(world.merged.map(({ settlement }) => settlement && [settlement.state, settlement.class])).toEqual([
    ["deferred", "HOURS"],
    ["failed", "unclassified"],
    null,
  ]);
});

test("an event that names no time happened when it was received", async () => {
  const world = new InboxWorld();
  world.store([aReceipt({ atMs: 0 }), anInbound({ atMs: 0 })]);
  await drainInbox(world.deps, 100);
  expect([world.merged[0]?.atMs, world.heard[0]?.atMs]).toEqual([receivedAtMs, receivedAtMs]);
});

test("a row that a store refuses keeps its problem, without personal data, and holds up no other", async () => {
  const world = new InboxWorld();
  world.store([anInbound({ providerMessageId: "poison-inbound" })]);
  world.store([aReceipt({ providerMessageId: "poison-receipt" })]);
  world.store([anInbound(), aReceipt()]);
  for (const poison of ["poison-inbound", "poison-receipt"]) world.refused.add(poison);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 1, problems: 2 });
  expect(world.problems).toEqual(
    new Map([
      ["1", "the store refuses it, said [redacted]"],
      ["2", "the store refuses it, said [redacted]"],
    ]),
  );
  expect(world.merged).toHaveLength(1);
  world.refused.clear();
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 2, problems: 0 });
  expect(world.heard).toHaveLength(2);
});

test("rows that a store refuses keep their problem also when there are no others, so that none is taken for an outage", async () => {
  const world = new InboxWorld();
  world.store([anInbound()]);
  world.store([{ kind: "unknown", field: "account_alerts" }]);
  world.refused.add("inbound-1");
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 1, problems: 1 });
  expect([world.drained, [...world.problems.keys()]]).toEqual([["2"], ["1"]]);
});

test("a store that is away fails the drain, and no row is marked", async () => {
  const world = new InboxWorld();
  world.store([anInbound()]);
  world.store([aReceipt()]);
  for (const id of ["inbound-1", "provider-1"]) world.refused.add(id);
  world.isAway = true;
  await expect(drainInbox(world.deps, 100)).rejects.toThrow("the store is away");
  expect([world.drained, [...world.problems]]).toEqual([[], []]);
});

test("L5: what people sent is debited first of all, in one go for a number, and a debit that fails loses nobody's word", async () => {
  const world = new InboxWorld();
  world.store([aReceipt(), anInbound({ providerMessageId: "a" }), anInbound({ providerMessageId: "b" })]);
  world.store([anInbound({ providerMessageId: "c" })]);
  world.refused.add("debit");
  await drainInbox(world.deps, 100);
  expect(world.calls).toEqual(["debit", "inbound", "inbound", "inbound", "merge", "drained"]);
  expect(world.debited).toEqual([["1", "1", "2"]]);
  expect(world.logged).toContain("replies.not_debited");
});

test("events of an account go to whoever has connected it, whatever else is in the webhook", async () => {
  const world = new InboxWorld();
  world.storeParsed({
    kind: "events",
    groups: [
      { providerNumberId: null, events: [{ ...aTemplateStatus(), atMs: 0 }] },
      { providerNumberId: "106540352242922", events: [aReceipt()] },
    ],
  });
  world.store([{ ...aTemplateStatus(), providerAccountId: "999" }], null);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 1, problems: 1 });
  expect(world.ofAccounts).toEqual([{ ...aTemplateStatus(), atMs: receivedAtMs }]);
  expect(world.problems).toEqual(new Map([["2", "nobody in this deployment has connected this account"]]));
  expect(world.merged).toHaveLength(1);
});

test("a drain that was cut before it marked its rows is repeated without effect", async () => {
  const world = new InboxWorld();
  world.store([anInbound({ text: "stop" }), aReceipt()]);
  const { markDrained } = world.deps.inbox;
  Object.assign(world.deps.inbox, { markDrained: () => Promise.reject(new Error("killed")) });
  await expect(drainInbox(world.deps, 100)).rejects.toThrow("killed");
  Object.assign(world.deps.inbox, { markDrained });
  const before = { heard: [...world.heard], merged: [...world.merged] };
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 1, problems: 0 });
  expect({ heard: world.heard, merged: world.merged }).toEqual(before);
  expect(await drainInbox(world.deps, 100)).toEqual({ drained: 0, problems: 0 });
});

test("parked receipts are taken away only once they are merged", async () => {
  const world = new InboxWorld();
  const record = { providerMessageId: "parked", attemptRef: null, receipt: "sent", atMs: 1, settlement: null, pricing: null } as const;
  world.parked = [{ workspaceId: aWorkspaceId(), parkedIds: ["1"], records: [record] }];
  world.refused.add("parked");
  await expect(unparkReceipts(world.deps)).rejects.toThrow("the store refuses it");
  expect(world.parked).toHaveLength(1);
  world.refused.clear();
  expect(await unparkReceipts(world.deps)).toBe(1);
  expect(world.parked).toEqual([]);
  expect(await unparkReceipts(world.deps)).toBe(0);
});

import { hours } from "@herald/kernel";
import { expect, test } from "vitest";
import { aDraft, aPerson, asViewer, type FakeWorld, fakeCtx, nowMs, people } from "../testing/fake-ctx.ts";
import { aCampaignId, aContactId } from "../testing/ids.ts";
import { sendTest, TestSendInput } from "./send-test.ts";

const { senderId, template, variables } = aDraft();
const draft = { senderId, template, variables };
const numbers = (count: number) => Array.from({ length: count }, (_each, number) => aContactId(number));

async function testOf(world: FakeWorld, contactIds = numbers(world.people?.length ?? 3)) {
  const { ctx, written } = fakeCtx(world);
  return { answer: await sendTest(ctx, { ...draft, contactIds }), written };
}

test("a draft goes to the people named, as a campaign of its own kind that expires after an hour", async () => {
  const { answer, written } = await testOf({ people: people(2) });
  expect(answer).toEqual({ ok: true, value: { campaignId: aCampaignId(), planned: 2 } });
  expect(written.campaign).toMatchObject({
    kind: "test",
    name: "Test of spring_sale",
    audience: { contactIds: numbers(2) },
    scheduledAtMs: null,
    expiresAtMs: nowMs + hours(1),
  });
  expect(written.messages).toEqual([
    { contactId: aContactId(0), chunkNo: 0, entryNo: 0 },
    { contactId: aContactId(1), chunkNo: 0, entryNo: 1 },
  ]);
  expect(written.chunks).toHaveLength(1);
  expect(written.sealed).toEqual({ planned: 2, chunkCount: 1 });
});

test("who had marketing lately may try a draft: a test is outside the frequency cap", async () => {
  expect((await testOf({ people: [aPerson(0, { isWithinFrequencyCap: true })] })).answer).toMatchObject({ ok: true });
});

test("L7: one person who may not be written to stops the test, with everybody's reason, and nothing is written", async () => {
  const { answer, written } = await testOf({
    people: [aPerson(0), aPerson(1, { marketingConsent: "withdrawn" }), aPerson(2, { suppression: "all" })],
  });
  expect(answer).toEqual({
    ok: false,
    error: {
      type: "test_refused",
      refused: [
        { contactId: aContactId(1), displayName: "Person 1", reason: "opted_out" },
        { contactId: aContactId(2), displayName: "Person 2", reason: "suppressed" },
      ],
    },
  });
  expect([written.campaign, written.sealed]).toEqual([null, null]);
});

test("a person for whom a value is missing is named, and the placeholder with them", async () => {
  expect((await testOf({ people: [aPerson(0, { displayName: " " })] })).answer).toMatchObject({
    error: { type: "test_refused", refused: [{ reason: "missing_variable", missing: ["body.1"] }] },
  });
});

test("the draft is checked as a launch checks it", async () => {
  expect((await testOf({ senders: [] })).answer).toEqual({ ok: false, error: { type: "not_found", resource: "sender" } });
  expect((await testOf({ foreignParts: ["x"] })).answer).toMatchObject({ error: { type: "not_found" } });
  expect((await testOf({ allowed: asViewer })).answer).toEqual({ ok: false, error: { type: "not_allowed", action: "campaign.send" } });
  expect((await testOf({ templates: [] })).answer).toMatchObject({ error: { type: "template_not_approved" } });
});

test.each([[[]], [numbers(6)], [["x"]]])("a test has one to five people, by id: %j", (contactIds) => {
  expect(TestSendInput.safeParse({ ...draft, contactIds }).success).toBe(false);
  expect(TestSendInput.safeParse({ ...draft, contactIds: numbers(5) }).success).toBe(true);
});

test("an audience has no place in a test", () => {
  expect(TestSendInput.safeParse({ ...draft, contactIds: numbers(1), audience: { tags: ["all"] } }).success).toBe(false);
});

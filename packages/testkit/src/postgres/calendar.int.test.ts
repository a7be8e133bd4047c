import {
  cancelCampaign,
  type RescheduleCampaign,
  rescheduleCampaign,
  resumeCampaign,
  type SettleReport,
  sendTest,
  settleCampaign,
  type TestSend,
} from "@herald/campaign";
import { type CampaignId, expectOk } from "@herald/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, type Shop, type World } from "../index.ts";
import { grantAll, takeOver } from "./support.ts";

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await createWorld();
  shop = await world.aShop({ frequencyCap: "24 hours" });
});
afterAll(() => world.close());

const hourMs = 3_600_000;

/** A launched campaign of two whose start is `minutes` from now by the database's clock. */
async function scheduled(minutes: number, latePolicy: "send" | "skip" | "ask"): Promise<CampaignId> {
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(2))
    .launch();
  await world.database.owner.query(
    "update campaign_history set status = 'scheduled', scheduled_at = now() + make_interval(mins => $2), late_policy = $3 where id = $1",
    [campaignId, minutes, latePolicy],
  );
  return campaignId;
}
const look = (campaignId: CampaignId, mayFinish = false): Promise<SettleReport> =>
  settleCampaign(
    { gate: world.engine.gate, run: world.engine.run, recoveryGraceMs: 0 },
    { workspaceId: shop.workspaceId, campaignId, mayFinish },
  );
const reschedule = (input: RescheduleCampaign) =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports) => rescheduleCampaign({ ...ports, allows: () => true }, input));

async function rowOf(campaignId: CampaignId) {
  const { rows } = await world.database.owner.query<{
    status: string;
    flag: string;
    seq: number;
    pause_reasons: string[];
    scheduled_at: Date;
    expires_at: Date;
    schedule_zone: string | null;
    late_policy: string;
    audit: string[];
    wakes: number[];
  }>(
    `select h.status, c.flag, c.control_seq::int as seq, h.pause_reasons, h.scheduled_at, h.expires_at, h.schedule_zone, h.late_policy,
       array(select a.actor_kind || ' ' || a.action from audit_log a where a.resource_id = h.id::text and a.action <> 'campaign.launched' order by a.id) as audit,
       array(select (o.ref ->> 'controlSeq')::int from outbox o where o.kind = 'workflow.wake' and o.ref ->> 'campaignId' = h.id::text order by o.id) as wakes
     from campaign_history h join campaign_controls c on c.campaign_id = h.id where h.id = $1`,
    [campaignId],
  );
  if (!rows[0]) throw new Error("no such campaign");
  return rows[0];
}

test("a scheduled campaign starts when its time has come, within 15 minutes under every policy, and a late one under `send`", async () => {
  for (const [minutes, policy] of [
    [0, "send"],
    [-14, "skip"],
    [-14, "ask"],
    [-16, "send"],
  ] as const) {
    const campaignId = await scheduled(minutes, policy);
    expect(await look(campaignId), `${minutes} ${policy}`).toMatchObject({ status: "queued", flag: "running", controlSeq: 0 });
  }
  expect(await look(await scheduled(1, "skip"))).toMatchObject({ status: "scheduled", flag: "running" });
});

test("a start that was missed by more than that is left out under `skip`, in the name of the system, and the ledger balances", async () => {
  const campaignId = await scheduled(-16, "skip");
  expect(await look(campaignId)).toMatchObject({ flag: "cancelled", controlSeq: 1, open: { queued: 0 } });
  expect(await look(campaignId, true)).toMatchObject({ isFinal: true, status: "cancelled" });
  expect((await shop.messages(campaignId)).map(({ state, reason }) => [state, reason])).toEqual([
    ["skipped", "cancelled"],
    ["skipped", "cancelled"],
  ]);
  expect(await rowOf(campaignId)).toMatchObject({ pause_reasons: ["schedule_missed"], audit: ["system campaign.cancelled"] });
});

test("under `ask` it waits paused until a person decides; looking again changes nothing, and a resume sends", async () => {
  const campaignId = await scheduled(-16, "ask");
  const asking = { status: "paused", flag: "paused", controlSeq: 1, open: { queued: 2 } };
  expect([await look(campaignId), await look(campaignId)]).toMatchObject([asking, asking]);
  expect(await rowOf(campaignId)).toMatchObject({ pause_reasons: ["schedule_missed"], audit: ["system campaign.paused"] });
  const resumed = await world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports) =>
    resumeCampaign({ ...ports, allows: () => true }, { campaignId }),
  );
  expect(expectOk(resumed, "a resume")).toMatchObject({ flag: "running", status: "queued" });
  expect(await rowOf(campaignId)).toMatchObject({ pause_reasons: [] });
});

test("cancelling a scheduled campaign stands, whatever its time does", async () => {
  const campaignId = await scheduled(-60, "send");
  await world.database.owner.query("update campaign_controls set flag = 'cancelled' where campaign_id = $1", [campaignId]);
  expect(await look(campaignId, true)).toMatchObject({ status: "cancelled" });
});

test("a start is moved with its zone, wakes the workflow once, and its time to expire moves along", async () => {
  const campaignId = await scheduled(60, "send");
  const before = await rowOf(campaignId);
  const atMs = before.scheduled_at.getTime() + 24 * hourMs;
  const moved = await reschedule({ campaignId, schedule: { at: new Date(atMs).toISOString() }, ifLate: "ask" });
  expect(expectOk(moved, "a move")).toMatchObject({ status: "scheduled", controlSeq: 1, schedule: { atMs } });
  const after = await rowOf(campaignId);
  expect(after).toMatchObject({ status: "scheduled", seq: 1, late_policy: "ask", audit: ["user campaign.rescheduled"], wakes: [1] });
  expect(after.scheduled_at.getTime()).toBe(atMs);
  expect(Math.abs(after.expires_at.getTime() - before.expires_at.getTime() - 24 * hourMs)).toBeLessThan(2);
});

test("`now` puts it into the queue with the commit, and whoever comes after a start finds no start to move", async () => {
  const campaignId = await scheduled(60, "skip");
  expect(expectOk(await reschedule({ campaignId, now: true }), "now")).toMatchObject({ status: "queued", flag: "running" });
  expect(await look(campaignId)).toMatchObject({ status: "queued", flag: "running", open: { queued: 2 } });
  expect(await reschedule({ campaignId, now: true })).toMatchObject({ ok: false, error: { type: "wrong_status", status: "queued" } });
});

describe("one that was paused before its time, because its template changed", () => {
  const frozenHash = () => shop.template.frozen.componentsHash;
  const setHash = async (hash: string) => {
    await world.database.owner.query("update templates set components_hash = $2 where id = $1", [shop.template.templateId, hash]);
    await world.database.owner.query("select herald.pause_changed($1, $2)", [shop.workspaceId, shop.template.templateId]);
  };
  const act = (verb: typeof resumeCampaign, campaignId: CampaignId) =>
    world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports) => verb({ ...ports, allows: () => true }, { campaignId }));
  const paused = async (): Promise<CampaignId> => {
    const campaignId = await scheduled(60, "ask");
    await setHash("changed");
    await setHash(frozenHash());
    expect(await rowOf(campaignId)).toMatchObject({ status: "scheduled", flag: "paused", pause_reasons: ["template_changed"] });
    return campaignId;
  };
  const isDue = (campaignId: CampaignId) =>
    world.database.owner.query("update campaign_history set scheduled_at = now() where id = $1", [campaignId]);

  test("is scheduled again by a resume, wakes the workflow, and starts at its time", async () => {
    const campaignId = await paused();
    expect(expectOk(await act(resumeCampaign, campaignId), "a resume")).toMatchObject({
      flag: "running",
      status: "scheduled",
      controlSeq: 2,
    });
    expect(await rowOf(campaignId)).toMatchObject({ status: "scheduled", pause_reasons: [], wakes: [1, 2] });
    expect(await look(campaignId)).toMatchObject({ status: "scheduled", flag: "running" });
    await isDue(campaignId);
    expect(await look(campaignId)).toMatchObject({ status: "queued", flag: "running" });
  });

  test("may be moved and stays paused; told to start now, it waits for its resume", async () => {
    const campaignId = await paused();
    const atMs = Date.now() + 24 * hourMs;
    const later = await reschedule({ campaignId, schedule: { at: new Date(atMs).toISOString() } });
    expect(expectOk(later, "a move")).toMatchObject({ flag: "paused", status: "scheduled", controlSeq: 2 });
    expect((await rowOf(campaignId)).scheduled_at.getTime()).toBe(atMs);
    expect(expectOk(await reschedule({ campaignId, now: true }), "now")).toMatchObject({ flag: "paused", status: "paused" });
    expect(await look(campaignId)).toMatchObject({ status: "paused", flag: "paused", open: { queued: 2 } });
    expect(expectOk(await act(resumeCampaign, campaignId), "a resume")).toMatchObject({ flag: "running", status: "queued" });
  });

  test("may be cancelled, and ends", async () => {
    const campaignId = await paused();
    expect(expectOk(await act(cancelCampaign, campaignId), "a cancellation")).toMatchObject({ flag: "cancelled" });
    expect(await look(campaignId, true)).toMatchObject({ isFinal: true, status: "cancelled", open: { queued: 0 } });
  });

  test("that is still paused when its time comes is paused from then on, and sends when it is resumed", async () => {
    const campaignId = await paused();
    await isDue(campaignId);
    expect(await look(campaignId)).toMatchObject({ status: "paused", flag: "paused" });
    expect(expectOk(await act(resumeCampaign, campaignId), "a resume")).toMatchObject({ status: "queued" });
  });
});

test("a release and a move at the same moment come one after the other", async () => {
  const campaignId = await scheduled(0, "send");
  const [, moved] = await Promise.all([
    look(campaignId),
    reschedule({ campaignId, schedule: { at: new Date(Date.now() + 5 * hourMs).toISOString() } }),
  ]);
  const { status } = await rowOf(campaignId);
  expect(status).toBe(moved.ok ? "scheduled" : "queued");
});

const aTest = (contactIds: TestSend["contactIds"]): TestSend => ({
  senderId: shop.sender.senderId,
  template: { name: shop.template.frozen.name, language: shop.template.frozen.language },
  variables: { "body.1": { from: "static", value: "Ana" } },
  contactIds,
});
const sendTests = (contactIds: TestSend["contactIds"]) =>
  world.verbs.inTransaction(shop.actor, shop.workspaceId, (ports) => sendTest({ ...ports, allows: () => true }, aTest(contactIds)));

test("a campaign that was opened again is watched under the number of its newest run, and its reports name it", async () => {
  const campaignId = await scheduled(0, "send");
  await world.database.owner.query("update campaign_history set status = 'queued', run_no = 2 where id = $1", [campaignId]);
  expect((await world.engine.launches.toWatch()).filter((watched) => watched.campaignId === campaignId)).toMatchObject([{ runNo: 2 }]);
  expect(await look(campaignId)).toMatchObject({ runNo: 2 });
});

test("a test is a campaign of its own kind with priority, and neither heeds nor uses up the person's place under the frequency cap", async () => {
  const [person] = await shop.contacts(1, { consent: "granted" });
  if (!person) throw new Error("one person");
  await world.database.owner.query(
    "update contact_addresses set value = '+14165550' || floor(random() * 900 + 100) where contact_id = $1",
    [person.contactId],
  );
  for (const which of ["a first test", "a second one at once"]) {
    const { campaignId } = expectOk(await sendTests([person.contactId]), which);
    const { rows } = await world.database.owner.query(
      `select h.kind, c.is_priority, c.is_marketing, c.marketing_cap, h.expires_at - h.created_at <= interval '1 hour' as is_short
       from campaign_history h join campaign_controls c on c.campaign_id = h.id where h.id = $1`,
      [campaignId],
    );
    expect(rows).toEqual([{ kind: "test", is_priority: true, is_marketing: true, marketing_cap: null, is_short: true }]);
    expect(await grantAll(world.engine, shop, [await takeOver(world.engine, shop, campaignId)], 1)).toHaveLength(1);
    const reserved = await world.database.owner.query("select from contact_marketing where contact_id = $1", [person.contactId]);
    expect(reserved.rowCount).toBe(0);
  }
});

test("L8: a campaign never changes its kind", async () => {
  const campaignId = await scheduled(60, "send");
  await expect(world.database.owner.query("update campaign_history set kind = 'test' where id = $1", [campaignId])).rejects.toThrow(
    "never changes",
  );
});

test("a campaign's limit is the smaller of the workspace's setting and what the portfolio's daily limit leaves", async () => {
  const { senderId, sourceId } = shop.sender;
  const limitOf = (startsAtMs: number | null = null) =>
    world.verbs.inTransaction(shop.actor, shop.workspaceId, ({ campaigns }) => campaigns.limits(senderId, startsAtMs));
  expect(await limitOf()).toEqual({ maxRecipients: 50_000, limitedBy: "workspace" });
  const { rows } = await world.database.owner.query<{ id: string }>(
    "insert into portfolios (workspace_id, provider, provider_portfolio_id, messaging_limit) values ($1, 'meta', 'p-calendar', 2000) returning id",
    [shop.workspaceId],
  );
  await world.database.owner.query("update sources set portfolio_id = $2 where id = $1", [sourceId, rows[0]?.id]);
  expect(await limitOf()).toEqual({ maxRecipients: 2000, limitedBy: "portfolio" });
  await world.database.owner.query("update portfolios set reserved = 2500 where id = $1", [rows[0]?.id]);
  expect(await limitOf()).toEqual({ maxRecipients: 0, limitedBy: "portfolio" });
  expect(await limitOf(Date.now() + 23 * hourMs)).toEqual({ maxRecipients: 0, limitedBy: "portfolio" });
  expect(await limitOf(Date.now() + 25 * hourMs), "what is taken today is free by then").toEqual({
    maxRecipients: 50_000,
    limitedBy: "workspace",
  });
  await world.database.owner.query("update portfolios set messaging_limit = null where id = $1", [rows[0]?.id]);
  expect(await limitOf()).toEqual({ maxRecipients: 50_000, limitedBy: "workspace" });
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createWorld, type World } from "../index.ts";
import { acceptedResult, ask, grantAll, takeOver } from "./support.ts";

const statementDeadlineMs = 1000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function backendsOf(applicationName: string): Promise<readonly number[]> {
  const { rows } = await world.database.owner.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = $1 and datname = current_database()",
    [applicationName],
  );
  return rows.map(({ pid }) => pid);
}

/** Stops the one backend of a session as a hung server would: its socket stays open, and nobody answers. */
async function hang(applicationName: string): Promise<number> {
  const [pid, ...more] = await backendsOf(applicationName);
  if (pid === undefined || more.length > 0) throw new Error("one backend was expected");
  process.kill(pid, "SIGSTOP");
  return pid;
}

test("a gate whose backend hangs loses one answer, goes on, and the old backend grants nothing when it wakes", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const engine = world.anotherEngine({ applicationName: "test-hung-a", statementDeadlineMs });
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(10))
    .launch();
  const lane = await takeOver(engine, shop, campaignId);
  const dispatching = async () => (await shop.messages(campaignId)).filter(({ state }) => state === "dispatching").length;
  const pid = await hang("test-hung-a-gate");
  try {
    const askedMs = performance.now();
    await expect(ask(engine, shop, [lane])).rejects.toMatchObject({ name: "GrantAnswerLost", cause: { name: "StatementDeadlinePassed" } });
    expect(performance.now() - askedMs).toBeLessThan(2 * statementDeadlineMs);
    expect(await engine.gate.returnLost(shop.workspaceId, shop.sender.senderId, { ...lane, held: [] })).toBe(0);
    expect(await backendsOf("test-hung-a-gate"), "the next statement has a connection of its own").toHaveLength(2);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await vi.waitFor(async () => expect(await backendsOf("test-hung-a-gate")).not.toContain(pid), { timeout: 10_000 });
  expect(await dispatching(), "the request that lay in its socket was never carried out").toBe(0);
  expect(await grantAll(engine, shop, [lane])).toHaveLength(10);
});

test("results whose backend hangs are recorded by the next connection, once", async () => {
  const shop = await world.aShop({ capPerSecond: 1000 });
  const engine = world.anotherEngine({ applicationName: "test-hung-b", statementDeadlineMs });
  const campaignId = await shop
    .aCampaign()
    .with(await shop.contacts(5))
    .launch();
  const held = await grantAll(engine, shop, [await takeOver(engine, shop, campaignId)]);
  expect(await engine.ledger.record(shop.workspaceId, held.slice(0, 1).map(acceptedResult))).toBe(1);
  const pid = await hang("test-hung-b-results");
  try {
    expect(await engine.ledger.record(shop.workspaceId, held.map(acceptedResult))).toBe(4);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await vi.waitFor(async () => expect(await backendsOf("test-hung-b-results")).toHaveLength(1), { timeout: 10_000 });
  expect((await shop.messages(campaignId)).map(({ state }) => state)).toEqual(held.map(() => "accepted"));
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MessageRow, PortfolioRow, TruthSummary } from "../simulator.ts";
import { demo, until } from "../testing/client.ts";
import { fingerprint, peopleOf, readTruth, type Seen, sendToAll, trySend } from "../testing/runs.ts";
import { startWorld, type World } from "../testing/world.ts";
import { readScenario, scenarioNames } from "./library.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.client.configure({ templates: [{ wabaId: demo.wabaId, name: "order_update", language: "en_US", category: "MARKETING" }] });
});
afterAll(() => world.close());

type Run = { readonly seen: readonly Seen[]; readonly rows: readonly MessageRow[]; readonly summary: TruthSummary };

const everybody = [...peopleOf("+4915112", 60), ...peopleOf("+1650555", 10), ...peopleOf("+1416555", 10)];

/** Few enough to be sent to well before a step that follows seconds later. */
const few = everybody.slice(0, 30);

/** One run of a scenario from a clean start; `after` acts when the first round of sends is over. */
async function run(name: string, people: readonly string[], after: () => Promise<unknown> = async () => undefined): Promise<Run> {
  await until("no answer is pending", async () => (await world.client.summary()).queue.pendingAnswers === 0);
  expect((await world.client.control("POST", "reset")).status).toBe(200);
  expect((await world.client.control("PUT", "scenario", { name })).status).toBe(200);
  world.receiver.posts.length = 0;
  const seen = await sendToAll(world.baseUrl, people, 250);
  await after();
  return { seen, ...(await readTruth(world.client)) };
}

const failed = (run: Run, code: number): number => run.summary.failedByCode[code] ?? 0;
const refused = (run: Run, code: number): number => run.summary.refusedByCode[code] ?? 0;
const dropsOf = (run: Run, how: string): number => run.rows.filter((row) => row.droppedAt.some((drop) => drop.how === how)).length;
const acceptedAs = (run: Run, answer: string): number =>
  run.rows.filter((row) => row.accepted.some((each) => each.answer === answer)).length;
const notices = (field: string): Record<string, unknown>[] =>
  world.receiver
    .changes()
    .filter((change) => change.field === field)
    .map((change) => change.value as Record<string, unknown>);
const again = async (to: string): Promise<Seen> => trySend(world.baseUrl, to, `again ${to}`);
const act = (action: object) => world.client.control("POST", "actions", action);
const between = (value: number, low: number, high: number): void => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

type Case = {
  readonly people?: readonly string[];
  readonly after?: () => Promise<unknown>;
  readonly expect: (run: Run) => void | Promise<void>;
};

/** What each scenario does, seen from the simulator's own doors. */
const cases: Readonly<Record<string, Case>> = {
  "soon-throttle": {
    expect: async (run) => {
      between(refused(run, 130429), 5, 30);
      expect(await again(run.rows.find((row) => row.refused.length > 0)?.recipients[0] ?? "")).toBe(200);
    },
  },
  "soon-pair": {
    expect: async (run) => {
      between(refused(run, 131056), 2, 20);
      const person = run.rows.find((row) => row.refused.length > 0)?.recipients[0] ?? "";
      expect([await again(person), await again(person), await again(person)]).toEqual([400, 200, 200]);
    },
  },
  "number-rest": {
    people: few,
    after: async () => {
      await until("the upgrade was told", () => notices("phone_number_quality_update").length > 0);
      expect(await again("+4915119999")).toBe(200);
    },
    expect: (run) => {
      expect([refused(run, 131057), run.summary.totals.accepted]).toEqual([20, 11]);
      expect(notices("phone_number_quality_update")).toContainEqual(
        expect.objectContaining({ event: "THROUGHPUT_UPGRADE", display_phone_number: "15550783881" }),
      );
    },
  },
  "hours-per-user-limit": { expect: (run) => between(failed(run, 131049), 2, 18) },
  "contact-undeliverable": { expect: (run) => between(failed(run, 131026), 2, 20) },
  "row-parameters": { expect: (run) => between(refused(run, 131009) + refused(run, 132012) + refused(run, 132005), 1, 20) },
  "template-paused": {
    expect: (run) => {
      expect([run.summary.totals.accepted, refused(run, 132015)]).toEqual([10, 70]);
      expect(notices("message_template_status_update")).toContainEqual(
        expect.objectContaining({
          event: "PAUSED",
          message_template_language: "en-US",
          other_info: expect.objectContaining({ title: "FIRST_PAUSE" }),
        }),
      );
      expect(notices("message_template_quality_update")).toContainEqual(expect.objectContaining({ new_quality_score: "RED" }));
    },
  },
  "template-disabled": { expect: (run) => expect([run.summary.totals.accepted, refused(run, 132016)]).toEqual([10, 70]) },
  "template-changed": {
    expect: (run) => {
      expect([run.summary.totals.accepted, run.summary.totals.refused]).toEqual([10, 70]);
      expect(notices("template_category_update")).toContainEqual(expect.objectContaining({ new_category: "MARKETING" }));
      expect(notices("message_template_components_update").length).toBeGreaterThan(0);
    },
  },
  "number-restricted": {
    expect: (run) => {
      expect(failed(run, 131048)).toBe(70);
      expect(notices("account_alerts").length).toBeGreaterThan(0);
    },
  },
  "account-restricted": {
    people: few,
    after: async () => {
      await until("the account was reinstated", () => notices("account_update").some((value) => value["event"] === "DISABLED_UPDATE"));
      expect(await again("+4915119999")).toBe(200);
    },
    expect: (run) => {
      expect(refused(run, 368)).toBe(20);
      expect(notices("account_update")).toContainEqual(
        expect.objectContaining({
          event: "ACCOUNT_RESTRICTION",
          restriction_info: [expect.objectContaining({ expiration: expect.any(Number) })],
        }),
      );
    },
  },
  "waba-payment": {
    after: async () => {
      await act({ do: "payment_solved" });
      expect(await again("+4915119999")).toBe(200);
    },
    expect: (run) => expect([failed(run, 131042), run.summary.totals.accepted]).toEqual([70, 81]),
  },
  "token-expired": {
    after: async () => {
      await act({ do: "renew_token", token: demo.token });
      expect(await again("+4915119999")).toBe(200);
    },
    expect: (run) => expect([refused(run, 190), run.summary.totals.accepted]).toEqual([70, 11]),
  },
  ops: { expect: (run) => between(refused(run, 134011) + refused(run, 133000), 2, 25) },
  "ambiguous-cut": {
    expect: (run) => {
      between(dropsOf(run, "cut"), 1, 20);
      between(acceptedAs(run, "cut"), 1, 20);
      expect(run.seen.filter((each) => each === "cut")).toHaveLength(dropsOf(run, "cut") + acceptedAs(run, "cut"));
    },
  },
  "ambiguous-hang": {
    expect: (run) => {
      const silent = ["hang", "half_open"].reduce((sum, how) => sum + dropsOf(run, how) + acceptedAs(run, how), 0);
      between(silent, 4, 30);
      expect(run.seen.filter((each) => each === "silence")).toHaveLength(silent);
    },
  },
  "server-error": {
    expect: (run) => {
      const broken = run.seen.filter((each) => typeof each === "number" && each >= 500);
      expect(broken).toHaveLength(dropsOf(run, "server_error") + acceptedAs(run, "server_error"));
      expect(new Set(broken)).toEqual(new Set([500, 502, 503]));
    },
  },
  "slow-answers": { people: everybody.slice(0, 5), expect: (run) => expect(run.summary.totals.accepted).toBe(5) },
  "held-released": {
    people: few,
    after: () => until("the held are released", async () => (await world.client.summary()).held.released === 20),
    expect: (run) => {
      expect(run.rows.filter((row) => row.accepted[0]?.messageStatus === "held_for_quality_assessment")).toHaveLength(20);
      expect([run.summary.held, run.summary.receipts.acknowledged.delivered]).toEqual([{ held: 0, released: 20, dropped: 0 }, 30]);
    },
  },
  "held-dropped": {
    people: few,
    after: async () => {
      await until("the held are dropped", async () => (await world.client.summary()).held.dropped === 20);
      expect(await again("+4915119999")).toBe(400);
    },
    expect: (run) => {
      expect([failed(run, 132015), refused(run, 132015)]).toEqual([20, 1]);
      expect(run.rows.filter((row) => row.accepted[0]?.failedCode === 132015)).toHaveLength(20);
    },
  },
  "portfolio-dropped": {
    people: few,
    after: async () => {
      await until("the held are dropped", async () => (await world.client.summary()).held.dropped === 20);
      expect(await again("+4915119999")).toBe(403);
    },
    expect: (run) => expect([failed(run, 135000), refused(run, 368)]).toEqual([20, 1]),
  },
  "portfolio-limit": {
    expect: async (run) => {
      expect([run.summary.totals.accepted, refused(run, 131048)]).toEqual([20, 60]);
      const { body } = await world.client.call<{ rows: PortfolioRow[] }>("GET", "/_truth/portfolios");
      expect(body.rows).toMatchObject([{ limit: 20, counted: 20, delivered: 20, maxCounted: 20, overLimit: 60 }]);
      expect(await again(everybody[0] ?? "")).toBe(200);
    },
  },
  "us-marketing": {
    expect: (run) => {
      const hit = run.rows.filter((row) => row.accepted[0]?.failedCode === 131049).map((row) => row.recipients[0] ?? "");
      expect(hit).toHaveLength(10);
      expect(hit.every((person) => person.startsWith("+1650"))).toBe(true);
    },
  },
  brazil: {
    people: ["+5531987654321", "+5511987654321"],
    expect: (run) => {
      expect(run.rows.map((row) => row.accepted[0]?.waId)).toEqual(["553187654321", "5511987654321"]);
      expect(world.receiver.messages().map((message) => message.from)).toEqual(expect.arrayContaining(["553187654321"]));
    },
  },
  "brazil-nine": { people: ["+553187654321"], expect: (run) => expect(run.rows[0]?.accepted[0]?.waId).toBe("5531987654321") },
  mexico: { people: ["+525512345678"], expect: (run) => expect(run.rows[0]?.accepted[0]?.waId).toBe("5215512345678") },
  "mexico-plain": { people: ["+5215512345678"], expect: (run) => expect(run.rows[0]?.accepted[0]?.waId).toBe("525512345678") },
  bsuid: {
    expect: (run) => {
      const ours = new Set(run.rows.map((row) => row.accepted[0]?.wamid));
      const statuses = world.receiver.statuses().filter((status) => ours.has(status.id));
      expect(statuses.every((status) => status.recipient_user_id !== undefined)).toBe(true);
      between(statuses.filter((status) => status.recipient_id === undefined).length / statuses.length, 0.25, 0.75);
    },
  },
  "bsuid-refused": {
    people: everybody.slice(0, 1),
    after: async () => expect(await trySend(world.baseUrl, "", "b1", { to: undefined, recipient: "US.13491208655302741918" })).toBe(400),
    expect: (run) => expect(refused(run, 131062)).toBe(1),
  },
  "replies-and-stops": {
    expect: (run) => {
      between(run.summary.replies.acknowledged, 8, 35);
      between(notices("user_preferences").length, 1, 20);
      expect(notices("user_preferences")[0]).toMatchObject({ user_preferences: [{ category: "marketing_messages", value: "stop" }] });
    },
  },
  "chaos-mix": {
    expect: (run) => {
      const { accepted, refused: turnedAway, dropped, requests } = run.summary.totals;
      expect(accepted + turnedAway + dropped).toBe(requests);
      expect([dropped > 0, turnedAway > 0, run.summary.webhooks.duplicates > 0]).toEqual([true, true, true]);
    },
  },
};

describe("a scenario file", () => {
  it("is valid, named after its file, and has a case here", () => {
    for (const name of scenarioNames()) expect(readScenario(name)).toMatchObject({ ok: true, value: { name } });
    expect(Object.keys(cases).toSorted()).toEqual(scenarioNames());
  });

  it("is listed with a sentence, and an unknown one is refused with the names there are", async () => {
    const { body } = await world.client.control<{ scenarios: { name: string; about: string }[] }>("GET", "scenarios");
    expect(body.scenarios.map((each) => each.name)).toEqual(scenarioNames());
    const unknown = await world.client.control("PUT", "scenario", { name: "nothing" });
    expect([unknown.status, JSON.stringify(unknown.body)]).toEqual([404, expect.stringContaining("soon-pair")]);
  });
});

describe("a scenario does what it says, and the same again with the same seed:", () => {
  it.each(Object.entries(cases))("%s", async (name, { people = everybody, after, expect: holds }) => {
    const first = await run(name, people, after);
    await holds(first);
    const second = await run(name, people, after);
    expect(fingerprint(second.rows)).toBe(fingerprint(first.rows));
    expect(second.seen).toEqual(first.seen);
  });
});

import { describe, expect, it } from "vitest";
import { defaultConfig, mergeConfig } from "../config/config.ts";
import { seededRandom } from "../random.ts";
import type { Outcome } from "../scenario/rules.ts";
import type { AcceptedMessage } from "../truth/events.ts";
import { type PlanInput, planUpdates } from "./plan.ts";

const message: AcceptedMessage = {
  wamid: "wamid.A",
  phoneNumberId: "4000000000000001",
  recipient: "+15551230001",
  waId: "15551230001",
  userId: "US.1",
  opaqueId: "c1",
  category: "utility",
  answer: "ok",
  failedCode: null,
};

function plan(outcome: Partial<Pick<Outcome, "receipts" | "reply">>, patch: unknown = {}, extra: Partial<PlanInput> = {}) {
  const merged = mergeConfig(defaultConfig(1, 1), patch);
  if (!merged.ok) throw new Error(JSON.stringify(merged.error));
  let lastUpdateId = 0;
  return planUpdates({
    message,
    acceptedAtMs: 1_000_000,
    outcome: { receipts: { kind: "read" }, reply: { kind: "none" }, ...outcome },
    quickReply: null,
    number: null,
    config: merged.value,
    random: seededRandom(5),
    nextUpdateId: () => ++lastUpdateId,
    ...extra,
  });
}
const statuses = (updates: ReturnType<typeof plan>) => updates.map((update) => (update.kind === "status" ? update.status : "reply"));

describe("the plan of a message's receipts", () => {
  it.each<[Outcome["receipts"], string[]]>([
    [{ kind: "none" }, []],
    [{ kind: "sent" }, ["sent"]],
    [{ kind: "delivered" }, ["sent", "delivered"]],
    [{ kind: "read" }, ["sent", "delivered", "read"]],
    [{ kind: "read_without_delivered" }, ["sent", "read"]],
    [{ kind: "failed", code: 131026, afterSent: true }, ["sent", "failed"]],
    [{ kind: "failed", code: 131026, afterSent: false }, ["failed"]],
  ])("%j", (receipts, expected) => {
    expect(statuses(plan({ receipts }))).toEqual(expected);
  });

  it("reads by the configured share", () => {
    const readers = [0, 1].map((readShare) =>
      statuses(plan({ receipts: { kind: "normal" } }, { receipts: { readShare } })).includes("read"),
    );
    expect(readers).toEqual([false, true]);
  });

  it("scales every delay, and puts price on sent and on delivered or else on read", () => {
    const [real, fast] = [plan({}), plan({}, { timeScale: 0.01 })].map((updates) => updates.map((update) => update.dueAtMs - 1_000_000));
    expect(fast?.map((delay) => Math.round(delay * 100))).toEqual(real?.map((delay) => Math.round(delay / 100) * 100));
    const priced = (kind: "read" | "read_without_delivered") =>
      plan({ receipts: { kind } }).filter((update) => update.kind === "status" && update.hasPricing);
    expect(statuses(priced("read"))).toEqual(["sent", "delivered"]);
    expect(statuses(priced("read_without_delivered"))).toEqual(["sent", "read"]);
  });

  it("reverses departures but not timestamps when out of order, and repeats when duplicated", () => {
    const reversed = plan({}, { webhook: { outOfOrderShare: 1 } });
    expect(statuses(reversed.toSorted((left, right) => left.dueAtMs - right.dueAtMs))).toEqual(["read", "delivered", "sent"]);
    expect(reversed.map((update) => update.occurredAtMs)).toEqual(plan({}).map((update) => update.occurredAtMs));
    const doubled = plan({}, { webhook: { duplicateShare: 1 } });
    expect(statuses(doubled)).toEqual(["sent", "sent", "delivered", "delivered", "read", "read"]);
    expect(new Set(doubled.map((update) => update.updateId)).size).toBe(6);
  });
});

describe("the plan of a reply", () => {
  const replyOf = (updates: ReturnType<typeof plan>) => updates.find((update) => update.kind === "inbound");

  it("comes after delivery, quotes the message, and taps the template's button", () => {
    const updates = plan({ reply: { kind: "button", delayMs: 50 } }, {}, { quickReply: { text: "Thanks", payload: "THANKS" } });
    const delivered = updates.find((update) => update.kind === "status" && update.status === "delivered");
    expect(replyOf(updates)).toMatchObject({
      content: { type: "button", text: "Thanks", payload: "THANKS" },
      contextWamid: "wamid.A",
      dueAtMs: (delivered?.dueAtMs ?? 0) + 50,
    });
  });

  it("is a plain STOP without context when the user opts out", () => {
    expect(replyOf(plan({ reply: { kind: "stop", quoted: false } }))).toMatchObject({
      content: { type: "text", text: "STOP" },
      contextWamid: null,
    });
  });

  it("does not come from somebody whose message failed", () => {
    const updates = plan({ reply: { kind: "button" } }, {}, { message: { ...message, failedCode: 131026 } });
    expect(replyOf(updates)).toBeUndefined();
  });
});

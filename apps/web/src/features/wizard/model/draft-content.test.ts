import { expect, test } from "vitest";
import { choosesNobody, type DraftContent, launchSchedule, questionOf, savable, startAtMs } from "./draft-content.ts";

const whole: DraftContent = {
  senderId: "sender",
  template: { name: "spring_sale", language: "en_US" },
  variables: { "body.1": { from: "field", field: "first_name", fallback: "there" } },
  audience: { tags: ["vip"] },
};

test("what is typed is kept as it is, but for rows of the offer that are half written", () => {
  const variables = { "body.1": { from: "static", value: "" }, "body.2": { from: "field", field: "city", fallback: "" } } as const;
  const audience = { tags: [], exclude: { tags: ["customer"] } };
  const offer = [
    { label: "Price", value: "" },
    { label: "Code", value: "SPRING" },
  ];
  expect(savable({ variables, audience, offer, name: undefined } as DraftContent)).toEqual({ variables, audience, offer: [offer[1]] });
});

test("an audience that only leaves people out chooses nobody, and a text that is empty fills nothing", () => {
  expect(choosesNobody({ tags: [], exclude: { listIds: ["customers"] } })).toBe(true);
  expect(questionOf("w", { ...whole, variables: { "body.1": { from: "static", value: " " } } }, ["body.1"]).lacks).toEqual(["variables"]);
});

test("a start is decided, or it is not", () => {
  const local = "2026-12-01T09:00";
  expect(launchSchedule(undefined)).toBeNull();
  expect(launchSchedule({ start: "at", zone: "Europe/Berlin" })).toBeNull();
  expect(launchSchedule({ start: "now" })).toEqual({});
  expect(launchSchedule({ start: "at", local, zone: "Europe/Berlin" })).toEqual({ schedule: { local, zone: "Europe/Berlin" } });
  expect(startAtMs({ start: "at", local, zone: "Europe/Berlin" }, 0)).toBe(Date.parse("2026-12-01T09:00:00+01:00"));
  expect([startAtMs({ start: "now" }, 5), startAtMs({ start: "at" }, 5), startAtMs(undefined, 5)]).toEqual([5, null, null]);
});

test("a whole draft asks with its own audience", () => {
  expect(questionOf("w", whole, ["body.1"])).toEqual({
    lacks: [],
    body: {
      workspaceId: "w",
      senderId: "sender",
      template: { name: "spring_sale", language: "en_US" },
      audience: { tags: ["vip"] },
      variables: { "body.1": { from: "field", field: "first_name", fallback: "there" } },
    },
  });
});

test("a count is asked for the day on which it starts, once there is one", () => {
  const asked = (schedule: DraftContent["schedule"]) => questionOf("w", { ...whole, schedule }, ["body.1"]).body?.schedule;
  const local = "2026-12-01T09:00";
  expect(asked({ start: "at", local, zone: "Europe/Berlin" })).toEqual({ local, zone: "Europe/Berlin" });
  expect(asked({ start: "at", at: "2026-12-01T09:00:00Z" })).toEqual({ at: "2026-12-01T09:00:00Z" });
  const none = [
    undefined,
    { start: "now" },
    { start: "at", zone: "UTC" },
    { start: "at", local: "2026-02-30T09:00", zone: "UTC" },
  ] as const;
  expect(none.map(asked)).toEqual([undefined, undefined, undefined, undefined]);
});

test("a value of an earlier template is kept in the draft and not asked with", () => {
  const variables = { ...whole.variables, "body.9": { from: "static", value: "x" } as const };
  expect(Object.keys(questionOf("w", { ...whole, variables }, ["body.1"]).body?.variables ?? {})).toEqual(["body.1"]);
  expect(Object.keys(savable({ variables }).variables ?? {})).toEqual(["body.1", "body.9"]);
});

test("before an audience is chosen, people of the workspace stand in for it", () => {
  const without = { ...whole, audience: undefined };
  expect(questionOf("w", without, ["body.1"], ["ana"])).toMatchObject({ lacks: ["audience"], body: { audience: { contactIds: ["ana"] } } });
  expect(questionOf("w", without, ["body.1"])).toEqual({ lacks: ["audience"], body: null });
});

test("what is missing is named, and nothing is asked", () => {
  expect(questionOf("w", {}, null, ["ana"])).toEqual({ lacks: ["sender", "template", "audience"], body: null });
  expect(questionOf("w", whole, ["body.1", "header.media"])).toEqual({ lacks: ["variables"], body: null });
});

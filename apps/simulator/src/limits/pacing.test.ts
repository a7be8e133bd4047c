import { expect, it } from "vitest";
import { type HeldMessage, Pacing } from "./pacing.ts";

const held = (wamid: string): HeldMessage => ({
  wamid,
  scope: "template",
  wabaId: "2000000000000001",
  template: "offer",
  language: "en",
  quickReply: null,
});

it("a paced template passes so many sends and is then held; other templates are not", () => {
  const pacing = new Pacing();
  pacing.start({ scope: "template", template: "offer", after: 2 });
  pacing.notePassed("offer");
  pacing.notePassed("reminder");
  expect(pacing.scopeHolding("offer")).toBeNull();
  pacing.notePassed("offer");
  expect([pacing.scopeHolding("offer"), pacing.scopeHolding("reminder")]).toEqual(["template", null]);
});

it("a paced portfolio holds every template", () => {
  const pacing = new Pacing();
  pacing.start({ scope: "portfolio", template: null, after: 1 });
  pacing.notePassed("offer");
  expect(pacing.scopeHolding("reminder")).toBe("portfolio");
});

it("the assessment ends when held messages are let go", () => {
  const pacing = new Pacing();
  pacing.start({ scope: "template", template: null, after: 0 });
  for (const wamid of ["wamid.A", "wamid.B"]) pacing.hold(held(wamid));
  expect(pacing.held.map((each) => each.wamid)).toEqual(["wamid.A", "wamid.B"]);
  pacing.unhold(["wamid.A", "wamid.B"]);
  expect([pacing.held, pacing.scopeHolding("offer")]).toEqual([[], null]);
});

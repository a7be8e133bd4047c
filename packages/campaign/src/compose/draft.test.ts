import fc from "fast-check";
import { expect, test } from "vitest";
import { LaunchCampaignInput } from "../freeze/launch-campaign.ts";
import { aDraft, aLaunch } from "../testing/fake-ctx.ts";
import { aContactId } from "../testing/ids.ts";
import { CampaignDraftInput } from "./draft.ts";

const pathsOf = (input: unknown): string[] => (CampaignDraftInput.safeParse(input).error?.issues ?? []).map(({ path }) => path.join("."));

test("a whole draft is taken as it is", () => {
  expect(CampaignDraftInput.parse(aDraft())).toEqual(aDraft());
  expect(LaunchCampaignInput.parse(aLaunch())).toEqual(aLaunch());
});

test.each<[string, Record<string, unknown>, string]>([
  ["a sender id that is none", { senderId: "106540352242922" }, "senderId"],
  ["a template without a name", { template: { name: "", language: "en" } }, "template.name"],
  ["an audience of nobody", { audience: { tags: [] } }, "audience"],
  ["an audience that only takes away", { audience: { exclude: { tags: ["x"] } } }, "audience"],
  ["a contact id that is none", { audience: { contactIds: ["1"] } }, "audience.contactIds.0"],
  ["a blank fixed text", { variables: { "body.1": { from: "static", value: "  " } } }, "variables.body.1.value"],
  ["a text that Postgres cannot keep", { variables: { "body.1": { from: "static", value: "a\0b" } } }, "variables.body.1.value"],
  ["half a character", { template: { name: "sale\uD83D", language: "en" } }, "template.name"],
  ["a source of an unknown kind", { variables: { "body.1": { from: "script", value: "x" } } }, "variables.body.1.from"],
  ["a variable for no part", { variables: { "footer.1": { from: "static", value: "x" } } }, "variables.footer.1"],
  ["a button beyond the tenth", { variables: { "button.10": { from: "static", value: "x" } } }, "variables.button.10"],
])("%s is refused, and the place is named", (_case, change, path) => {
  expect(pathsOf({ ...aDraft(), ...change })).toEqual([path]);
});

test("a field nobody knows is refused, not ignored", () => {
  expect(CampaignDraftInput.safeParse({ ...aDraft(), isUrgent: true }).success).toBe(false);
  expect(CampaignDraftInput.safeParse({ ...aDraft(), audience: { tags: ["x"], everybody: true } }).success).toBe(false);
});

test("an audience is bounded", () => {
  const contactIds = Array.from({ length: 50_001 }, (_, number) => aContactId(number));
  expect(pathsOf({ ...aDraft(), audience: { contactIds } })).toEqual(["audience.contactIds"]);
});

test("garbage never throws, it is refused", () => {
  const draft = fc.record({
    senderId: fc.anything(),
    template: fc.anything(),
    audience: fc.oneof(fc.anything(), fc.record({ tags: fc.anything(), exclude: fc.anything() })),
    variables: fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything())),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), draft), (input) => {
      expect(CampaignDraftInput.safeParse(input).success).toBe(false);
    }),
  );
});

import { describe, expect, it } from "vitest";
import { type Config, defaultConfig, mergeConfig } from "./config.ts";

const waba = { wabaId: "2000000000000001" };
const number = { phoneNumberId: "4000000000000001", wabaId: waba.wabaId, displayPhoneNumber: "+15550783881" };

function configured(...patches: unknown[]): Config {
  let config = defaultConfig(1, 1);
  for (const patch of patches) {
    const merged = mergeConfig(config, patch);
    if (!merged.ok) throw new Error(JSON.stringify(merged.error));
    config = merged.value;
  }
  return config;
}
const issuesOf = (patch: unknown) => {
  const merged = mergeConfig(defaultConfig(1, 1), patch);
  return merged.ok ? [] : merged.error.map((issue) => `${issue.path}: ${issue.message}`);
};

describe("a configuration patch", () => {
  it("fills defaults, keeps what it does not name, and changes the entry with the same identity", () => {
    const config = configured(
      { wabas: [waba], numbers: [number] },
      { numbers: [{ phoneNumberId: number.phoneNumberId, throughputLevel: "HIGH" }] },
    );
    expect(config.numbers).toEqual([expect.objectContaining({ ...number, throughputLevel: "HIGH", qualityRating: "GREEN" })]);
    expect(configured({ receipts: { readShare: 0.1 } }).receipts).toMatchObject({ readShare: 0.1, sentAfter: { minMs: 200 } });
  });

  it("gives a template the same id each time", () => {
    const template = { wabaId: waba.wabaId, name: "offer", language: "en", components: [{ type: "BODY", text: "Hi" }] };
    const ids = [1, 2].map(() => configured({ wabas: [waba], templates: [template] }).templates[0]?.templateId);
    expect(ids[0]).toMatch(/^\d{16}$/);
    expect(ids[0]).toBe(ids[1]);
  });

  it.each<[string, unknown, RegExp]>([
    ["a number of a WABA that is not there", { numbers: [number] }, /numbers\.0\.wabaId: no WABA/],
    ["a callback that could not be signed", { webhook: { url: "http://127.0.0.1:1/hook" } }, /app\.secret: webhook\.url needs app\.secret/],
    ["a misspelled setting", { webhook: { retries: 3 } }, /webhook: Unrecognized key: "retries"/],
    [
      "a phone number without +",
      { wabas: [waba], numbers: [{ ...number, displayPhoneNumber: "15550783881" }] },
      /displayPhoneNumber: E\.164/,
    ],
    ["a range that is upside down", { latency: { minMs: 5, maxMs: 1 } }, /latency: minMs must not exceed maxMs/],
    ["no object", [1], /must be a JSON object/],
  ])("is refused with its place: %s", (_, patch, issue) => {
    expect(issuesOf(patch)).toEqual(expect.arrayContaining([expect.stringMatching(issue)]));
  });
});

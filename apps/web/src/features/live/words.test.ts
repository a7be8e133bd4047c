import { buckets, campaignStatuses, messageStates, paceWindows, pauseReasons, skipReasons, stalls, waitCures } from "@herald/campaign";
import { metaCodeRanges, metaCodes } from "@herald/provider-meta";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { causeWordsOf } from "../../words/cause-words.ts";
import codes from "../../words/en/codes.json" with { type: "json" };
import live from "../../words/en/live.json" with { type: "json" };
import { locale } from "../../words/reader.ts";

const keys = (of: object): readonly string[] => Object.keys(of).toSorted();
const sorted = (of: readonly string[]): readonly string[] => [...of].toSorted();
/** Not told apart in the line: an accepted message with a receipt is still an accepted one. */
const receipts: readonly string[] = ["sent", "delivered", "read", "undelivered"];

test.each<[string, object, readonly string[]]>([
  ["status", live.statuses, [...campaignStatuses, "stalled", "stopping"]],
  ["stall", live.stalls, stalls],
  ["reason of a pause", live.pauseReasons, [...pauseReasons, "other"]],
  [
    "term of the ledger",
    live.ledger,
    [...buckets.filter((bucket) => !receipts.includes(bucket)), "planned", "label", "balances", "offBy", "recount", "unequal"],
  ],
  ["state of a problem", live.problems.state, messageStates],
  ["reason of a skip", live.skips.reasons, skipReasons],
  ["cure of a wait", live.needs.block.cure, waitCures],
  ["window of the pace", live.pace.window, [...paceWindows, "label"]],
  ["class of a refusal", codes.classes, [...new Set(Object.values(metaCodes).map((rule) => rule.class)), "unclassified", "AMBIGUOUS"]],
  ["code of Meta", codes.codes, Object.keys(metaCodes)],
])("every %s has words, and none has words for nothing", (_what, words, union) => {
  expect(keys(words)).toEqual(sorted([...new Set(union)]));
});

test("a stall and a pause each say what happened, what it means and what to do", () => {
  for (const words of [...Object.values(live.stalls), ...Object.values(live.pauseReasons)]) {
    expect(keys(words)).toEqual(["cure", "meaning", "short"]);
    for (const one of Object.values(words)) expect(one.length).toBeGreaterThan(3);
  }
});

const t = createTranslator({ locale, messages: { codes }, namespace: "codes" });
const words = (cause: Parameters<typeof causeWordsOf>[1]): string => causeWordsOf(t, cause);

test("a code that nobody knows is told in the provider's own words, and one without any in those of its class", () => {
  expect(words({ class: "CONTACT", code: "131026", detail: "Message undeliverable." })).toBe(codes.codes[131026]);
  expect(words({ class: "unclassified", code: "999999", detail: "Something new." })).toBe("Something new.");
  expect(words({ class: "unclassified", code: "999999", detail: null })).toBe(codes.classes.unclassified);
  expect(words({ class: "written_off", code: null, detail: null })).toBe(codes.reasons.written_off);
  expect(words({ class: "brand_new", code: null, detail: null })).toContain("brand_new");
});

test("codes that are given out by the block have words from the first to the last", () => {
  for (const { from, to } of metaCodeRanges)
    for (const code of [from, to])
      expect(Object.values(codes.ranges), String(code)).toContain(words({ class: "OPS", code: String(code), detail: "x" }));
});

import { expect, test } from "vitest";
import { maxEntryBytes } from "../freeze/chunk.ts";
import { aDraft, aPerson, aTemplate } from "../testing/fake-ctx.ts";
import { judgeRecipient } from "./judge-recipient.ts";

const placeholders = [{ key: "body.1", part: "body", name: "1" }] as const;
const judge = (displayName: string) =>
  judgeRecipient({ template: aTemplate(), placeholders }, aDraft().variables, aPerson(1, { displayName }));

function frozenOf(displayName: string) {
  const judged = judge(displayName);
  if (!judged.ok || !judged.value.isEligible) throw new Error("not eligible");
  return judged.value;
}

test("what is frozen is the entry, as the text that will be stored", () => {
  const { entry, frozen } = frozenOf("Ana 名前");
  expect(JSON.parse(frozen.json)).toEqual(entry);
  expect(frozen.bytes).toBe(encodeURIComponent(frozen.json).replaceAll(/%[\dA-F]{2}/g, "x").length);
});

test("parameters that make an entry of 64 KB are taken, one byte more is refused", () => {
  const room = maxEntryBytes - frozenOf("x").frozen.bytes;
  expect(frozenOf(`x${"x".repeat(room)}`).frozen.bytes).toBe(maxEntryBytes);
  expect(judge(`xx${"x".repeat(room)}`)).toEqual({
    ok: false,
    error: { type: "entry_too_large", contactId: aPerson(1).contactId, maxBytes: maxEntryBytes },
  });
});

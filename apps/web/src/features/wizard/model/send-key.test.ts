import { expect, test } from "vitest";
import { newKey } from "../../../acting/new-key.ts";
import { forgetSendKey, forgetTestKey, type KeyStore, sendKeyOf, testRequestOf } from "./send-key.ts";

const aStore = (): KeyStore => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};
const figures = { matched: 10, eligible: 9, excluded: [{ reason: "opted_out", count: 1 }] } as const;

test("every try of the same send has the same key, also after a reload", () => {
  const store = aStore();
  const key = sendKeyOf(store, "draft", 4, figures, newKey);
  expect(sendKeyOf(store, "draft", 4, { ...figures }, newKey)).toBe(key);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
});

test("another version, other figures or another draft is another wish", () => {
  const store = aStore();
  const key = sendKeyOf(store, "draft", 4, figures, newKey);
  expect(sendKeyOf(store, "other", 4, figures, newKey)).not.toBe(key);
  const later = sendKeyOf(store, "draft", 5, figures, newKey);
  expect(later).not.toBe(key);
  expect(sendKeyOf(store, "draft", 5, { ...figures, eligible: 8 }, newKey)).not.toBe(later);
});

test("what is kept unreadably is made anew, and what is done is forgotten", () => {
  const store = aStore();
  store.setItem("herald-send:draft", "{");
  const key = sendKeyOf(store, "draft", 4, figures, newKey);
  forgetSendKey(store, "draft");
  expect(sendKeyOf(store, "draft", 4, figures, newKey)).not.toBe(key);
});

test("a test keeps its key until it succeeded, or person or content is another", () => {
  const store = aStore();
  const body = { senderId: "sender", variables: { "body.1": { text: "Ana" } }, contactIds: ["ana"] };
  const keyOf = (asked: object): string => testRequestOf(store, "draft", asked, newKey).idempotencyKey;
  const launch = sendKeyOf(store, "draft", 4, figures, newKey);
  const key = keyOf(body);
  expect(keyOf(structuredClone(body))).toBe(key);
  const toBen = keyOf({ ...body, contactIds: ["ben"] });
  const rewritten = keyOf({ ...body, variables: {}, contactIds: ["ben"] });
  forgetTestKey(store, "draft");
  const again = keyOf({ ...body, variables: {}, contactIds: ["ben"] });
  expect(new Set([launch, key, toBen, rewritten, again]).size).toBe(5);
  expect(sendKeyOf(store, "draft", 4, figures, newKey)).toBe(launch);
});

test("the same test is the same request to the letter, in whichever order its members are written: a door refuses the same key with another text", () => {
  const store = aStore();
  const typed = {
    senderId: "sender",
    variables: { "body.2": { from: "static", value: "Lisbon" }, "body.1": { from: "static", value: "Ana" } },
  };
  const stored = {
    variables: { "body.1": { value: "Ana", from: "static" }, "body.2": { value: "Lisbon", from: "static" } },
    senderId: "sender",
  };
  const first = testRequestOf(store, "draft", typed, newKey);
  expect(first.body).toEqual(typed);
  expect(JSON.stringify(testRequestOf(store, "draft", stored, newKey))).toBe(JSON.stringify(first));
});

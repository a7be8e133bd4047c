import { expect, test } from "vitest";
import { newKey } from "../../../acting/new-key.ts";
import { forgetSendKey, forgetTestKey, type KeyStore, sendKeyOf, testKeyOf } from "./send-key.ts";

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

test("a test keeps its key until it succeeded, or person, version or content is another", () => {
  const store = aStore();
  const body = { senderId: "sender", variables: { "body.1": { text: "Ana" } }, contactIds: ["ana"] };
  const launch = sendKeyOf(store, "draft", 4, figures, newKey);
  const key = testKeyOf(store, "draft", 4, body, newKey);
  expect(testKeyOf(store, "draft", 4, structuredClone(body), newKey)).toBe(key);
  const toBen = testKeyOf(store, "draft", 4, { ...body, contactIds: ["ben"] }, newKey);
  const later = testKeyOf(store, "draft", 5, { ...body, contactIds: ["ben"] }, newKey);
  const rewritten = testKeyOf(store, "draft", 5, { ...body, variables: {}, contactIds: ["ben"] }, newKey);
  forgetTestKey(store, "draft");
  const again = testKeyOf(store, "draft", 5, { ...body, variables: {}, contactIds: ["ben"] }, newKey);
  expect(new Set([launch, key, toBen, later, rewritten, again]).size).toBe(6);
  expect(sendKeyOf(store, "draft", 4, figures, newKey)).toBe(launch);
});

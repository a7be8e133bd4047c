import { campaignStatuses, messageStates, type RecipientStory, skipReasons, verdictOf, verdicts } from "@herald/campaign";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { messages } from "../../words/messages.ts";
import { locale } from "../../words/reader.ts";
import { copiedText } from "./copied-text.ts";
import { reasonKeys } from "./recipient-words.ts";
import { type Teller, toldSteps, verdictValues, whoOf } from "./told-steps.ts";

const refusalClasses = ["SOON", "HOURS", "CONTACT", "ROW", "TEMPLATE", "NUMBER", "WABA", "TOKEN", "OPS", "unclassified"] as const;
const broken: string[] = [];
const onError = (error: Error): void => void broken.push(error.message);
const teller: Teller = {
  t: createTranslator({ locale, messages, namespace: "recipients", onError }),
  codes: createTranslator({ locale, messages, namespace: "codes", onError }),
  userId: "u1",
  names: { u2: "ana" },
  moment: (atMs) => `at ${atMs}`,
  exact: (atMs) => `exactly ${atMs}`,
};
const attempt = {
  attempt: 1,
  epoch: 1,
  intentAtMs: 1000,
  sendByMs: 1100,
  settledAtMs: 1300,
  outcome: "accepted",
  code: null,
  class: null,
  detail: null,
  latencyMs: 158,
  receipt: null,
  sentAtMs: 2000,
  deliveredAtMs: 3000,
  readAtMs: null,
  failedAtMs: null,
  isProviderDouble: false,
} as const;
const aStory = (change: Partial<RecipientStory["message"]> = {}): RecipientStory => ({
  campaign: {
    name: "Spring sale",
    status: "sending",
    frozenAtMs: 900,
    scheduledAtMs: null,
    expiresAtMs: 99_000,
    template: { name: "spring", language: "en_US", category: "MARKETING" },
    senderNumber: "+1 555 0100",
    senderName: "Lucky Shrub",
    frequencyCapMs: 86_400_000,
  },
  displayName: "Inês Duarte",
  address: "+351910000001",
  isActive: true,
  lists: [{ name: "VIPs", sinceMs: 100 }],
  tags: [],
  imported: {
    importBatchId: "00000000-0000-4000-8000-000000000001",
    fileName: "vip.csv",
    atMs: 90,
    rowNo: 18,
  } as RecipientStory["imported"],
  consents: [{ state: "granted", origin: "import", proof: { file: "vip.csv", row: 18 }, atMs: 95 }],
  suppressions: [],
  lastMarketing: null,
  frozen: { chunkNo: 0, entryNo: 4, parameters: [{ name: "body.1", value: "Inês" }] },
  decisions: [],
  replies: [],
  blocks: [],
  verdict: "delivered",
  message: {
    messageId: "7",
    contactId: "c",
    state: "accepted",
    receipt: "delivered",
    reason: null,
    class: null,
    code: null,
    nextAtMs: null,
    changedAtMs: 3000,
    resends: 0,
    attempts: [attempt],
    ...change,
  } as RecipientStory["message"],
});

test.each(verdicts)("%s has words: a short reason, the fact, what would change it", (verdict) => {
  const values = verdictValues(aStory(), teller);
  for (const part of ["short", "fact", "change"] as const) {
    expect(teller.t.has(`verdicts.${verdict}.${part}`)).toBe(true);
    const words = teller.t(`verdicts.${verdict}.${part}`, values);
    expect(words.length).toBeGreaterThan(3);
    expect(words).not.toMatch(/[{}]|undefined|null/);
  }
  expect(broken).toEqual([]);
});

test("the catalogue has no verdict that nothing leads to", () => {
  expect(Object.keys(messages.recipients.verdicts).toSorted()).toEqual([...verdicts].toSorted());
});

test("every state with every reason and class that there is ends in words", () => {
  for (const state of messageStates)
    for (const reason of [null, ...skipReasons, ...refusalClasses, "late", "written_off", "timeout", "resend", "too_late", "something new"])
      for (const refusal of [null, ...refusalClasses])
        for (const nextAtMs of [null, 1])
          for (const status of campaignStatuses) {
            const verdict = verdictOf({ state, reason, class: refusal, receipt: null, nextAtMs }, status);
            expect(teller.t.has(`verdicts.${verdict}.fact`), `${state} ${reason} ${refusal}`).toBe(true);
          }
});

test("what a filter may be set to by a link has words", () => {
  for (const reason of [...skipReasons, ...refusalClasses, "written_off", "late", "timeout", "connection_lost", "sender_lost"])
    expect(
      reasonKeys(reason).some((key) => teller.t.has(key)),
      reason,
    ).toBe(true);
});

test("a life in plain words, each step with what it came to", () => {
  expect(toldSteps(aStory(), teller, 5000).map(({ title, details }) => [title, ...details].join(" | "))).toEqual([
    "Came with the import “vip.csv”, row 18",
    "Consent to marketing: said by the imported file | proof: file “vip.csv”, row 18",
    "On the list “VIPs”",
    "Frozen for this campaign in chunk 1, place 5 | Passed then: active, reachable, not opted out, consent, frequency cap, every value filled",
    "Checked once more before sending | Passed: active, not opted out, consent, frequency cap, campaign running, budget of the number, limit of people a day",
    "Asked Meta from +1 555 0100 | slot exactly 1085 to exactly 1100: a request that cannot begin by then is not begun",
    "Meta accepted it | after 158 ms",
    "Meta sent it on to the phone",
    "Delivered",
  ]);
  expect(broken).toEqual([]);
});

test("a refusal is told with its meaning, its code and the provider's words; a retry lies ahead", () => {
  const refused = {
    ...attempt,
    outcome: "deferred",
    code: "131049",
    class: "HOURS",
    detail: "healthy ecosystem",
    sentAtMs: null,
    deliveredAtMs: null,
  };
  const steps = toldSteps(aStory({ state: "deferred", reason: "HOURS", nextAtMs: 90_000, attempts: [refused] }), teller, 5000);
  const answer = steps.find(({ kind }) => kind === "answered");
  expect(answer?.title).toBe(`Meta refused it for now: ${messages.codes.codes["131049"]}`);
  expect(answer).toMatchObject({ code: "131049", details: ["after 158 ms", "Meta said: healthy ecosystem"] });
  expect(steps.at(-1)).toMatchObject({ kind: "due", isAhead: true });
});

test("who decided is you, a colleague by name, a colleague that left, or Herald", () => {
  expect(["u1", "u2", "u3", null].map((userId) => whoOf(teller, userId))).toEqual(["you", "ana", "a colleague", "Herald"]);
});

test("the copy for support names nobody unless asked to, and what was filled in never leaves", () => {
  const story = aStory();
  const told = { fact: "It arrived.", change: "Nothing.", steps: toldSteps(story, teller, 5000), zone: "UTC", atMs: 5000 };
  const { plain, withPerson } = copiedText(story, teller, told, ({ atMs }) => String(atMs));
  expect(plain).not.toMatch(/351910000001|Inês/);
  expect(plain).toContain("Message: 7");
  expect(plain).toContain("1243  Meta accepted it · after 158 ms");
  expect(withPerson).toContain("Inês Duarte, +351910000001");
  expect(withPerson).not.toContain("body.1");
  expect(broken).toEqual([]);
});

import type { AuditEntry } from "@herald/identity";
import { expect, test } from "vitest";
import { actionNames, changesIn, noteIn, sentenceOf, whoOf } from "../src/features/settings/audit-words.ts";
import { doorsTable } from "./doors-table.ts";

const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  entryId: "1",
  atMs: 0,
  actorKind: "user",
  actorId: "a",
  actorEmail: "ana@example.com",
  action: "campaign.paused",
  resourceKind: "campaign",
  resourceId: "c",
  resourceName: "Spring sale",
  detail: {},
  ...more,
});

test("whatever a door writes into the audit log can be filtered for and is told in words", () => {
  const audited = [...new Set(doorsTable.flatMap(({ audit }) => audit ?? []))];
  const named = new Set(actionNames().map(({ action }) => action));
  expect(audited.filter((action) => !named.has(action))).toEqual([]);
  expect(actionNames().filter(({ action }) => sentenceOf(entry({ action })) === action)).toEqual([]);
});

test("an entry reads as a sentence: with names, counts and roles in words", () => {
  expect(sentenceOf(entry({ action: "campaign.launched", detail: { planned: 4812, chunkCount: 5 } }))).toBe(
    "launched Spring sale to 4,812 people",
  );
  expect(
    sentenceOf(
      entry({
        action: "member.role_changed",
        resourceKind: "member",
        resourceName: "bo@example.com",
        detail: { from: "member", to: "admin" },
      }),
    ),
  ).toBe("made bo@example.com admin (was member)");
  expect(sentenceOf(entry({ action: "recipients.exported", detail: { people: 4812 } }))).toBe(
    "took the recipients of Spring sale out as a file: 4,812 people",
  );
  const file = { resourceKind: "import_batch", resourceName: "people.csv" };
  expect(sentenceOf(entry({ ...file, action: "contacts.refused_rows_downloaded", detail: { refused: 1 } }))).toBe(
    "took the refused rows of people.csv out as a file: 1 row",
  );
  const on = { resourceKind: "sender", resourceName: "+1 416 555 0100", action: "sender.kill_switch_set" };
  expect(sentenceOf(entry({ ...on, detail: { on: true, note: "complaints" } }))).toBe("stopped all sending of +1 416 555 0100");
  expect(sentenceOf(entry({ ...on, detail: { on: false } }))).toBe("let +1 416 555 0100 send again");
});

test("what nobody has words for is told by its own name, and what has no name any more by its kind", () => {
  expect(sentenceOf(entry({ action: "moon.landed" }))).toBe("moon.landed");
  expect(sentenceOf(entry({ resourceName: null }))).toBe("paused a campaign");
  expect(sentenceOf(entry({ resourceName: "  " }))).toBe("paused a campaign");
  expect(whoOf(entry({ actorEmail: null }))).toBe("A deleted account");
  expect(whoOf(entry({ actorKind: "system", actorId: "calendar", actorEmail: null }))).toBe("Herald");
});

test("changed settings are told before and after, and a note as it was written", () => {
  const detail = {
    frequencyCapHours: { before: 24, after: null },
    onlyAdminsSend: { before: false, after: true },
    maxRecipients: { before: 10_000, after: 500 },
  };
  expect(changesIn(entry({ action: "workspace.settings_changed", detail }))).toEqual([
    "Frequency cap: 24 hours → Off",
    "Who sends: Members, admins and owners → Admins and owners",
    "Most recipients: 10,000 → 500",
  ]);
  expect(noteIn(entry({ detail: { note: "wrong link" } }))).toBe("wrong link");
  expect(noteIn(entry({ detail: { note: null } }))).toBeNull();
});

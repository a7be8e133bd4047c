import { skipReasons } from "@herald/campaign";
import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { messages } from "../../../words/messages.ts";
import { locale } from "../../../words/reader.ts";
import { okWordOf, problemWordOf, valuesOf } from "./check-words.ts";

const t = createTranslator({ locale, messages, namespace: "wizard" });
const plain = { b: (text: string) => text, i: (text: string) => text, n: (text: string) => text };
const sale = {
  name: "Spring sale",
  category: "marketing",
  language: "en_US",
  number: "+1 416 555 0100",
  business: "Lucky Shrub",
  to: "15:07",
  quick: "no",
};

test("the sentence says what the button does", () => {
  expect(t.markup("review.sentence.now", { ...sale, ...plain, count: 4812 })).toBe(
    "Send Spring sale (marketing, en_US) from +1 416 555 0100 Lucky Shrub to 4,812 people, starting now, finished about 15:07.",
  );
  expect(t.markup("review.sentence.at", { ...sale, ...plain, count: 1, from: "1 Dec 2026, 09:00", zone: "Europe/Berlin" })).toBe(
    "Send Spring sale (marketing, en_US) from +1 416 555 0100 Lucky Shrub to 1 person, starting 1 Dec 2026, 09:00 in Europe/Berlin, finished about 15:07.",
  );
  expect(t("review.send.now", { count: 4812 })).toBe("Send to 4,812 people");
});

test("a warning names how many people and what they read", () => {
  expect(t("variables.fellBack", { count: 312, field: "first name", fallback: "there" })).toBe(
    "312 people have no first name: they will read “there”.",
  );
  expect(t("variables.leftOut", { count: 1, field: "city" })).toBe("1 person has no city: this person will be left out.");
});

test("every reason for leaving somebody out has words and a cure", () => {
  for (const reason of skipReasons) {
    expect(t.has(`skips.${reason}.what`), reason).toBe(true);
    expect(t.has(`skips.${reason}.cure`), reason).toBe(true);
  }
});

test("a check is told with its figures, green or with a cure", () => {
  const facts = { problem: null, limit: 2000, reserved: 150, free: 1850, isAfterToday: false, eligible: 1204, days: 1 } as const;
  const day = { key: "day_limit", state: "ok", facts } as const;
  expect(t(`checkOk.${okWordOf(day)}`, valuesOf(day))).toBe("Fits today: 1,204 of 1,850 free places (limit 2,000).");
  const days = { ...day, state: "warn", facts: { ...day.facts, problem: "several_days", eligible: 4812, days: 3 } } as const;
  const word = problemWordOf(days) ?? "time_no_time";
  expect(t(`checkWords.${word}.what`, valuesOf(days))).toBe("4,812 people need 3 days at 2,000 a day.");
  const counts = { problem: "left_out", isNeeded: true, noConsent: 0, optedOut: 5, suppressed: 0, notInHistory: 0 } as const;
  const consent = { key: "consent", state: "warn", facts: counts } as const;
  expect(t("checkWords.consent_left_out.what", valuesOf(consent))).toBe("5 people are left out · 5 opted out.");
});

test("places that are taken today are not told of a start on a later day", () => {
  const facts = { problem: null, limit: 1000, reserved: 950, free: 1000, isAfterToday: true, eligible: 900, days: 1 } as const;
  const later = { key: "day_limit", state: "ok", facts } as const;
  expect(t(`checkOk.${okWordOf(later)}`, valuesOf(later))).toBe(
    "Fits in one day: 900 of 1,000 places. Those that are taken today are free again when it starts.",
  );
  const over = { ...later, state: "bad", facts: { ...facts, problem: "over_limit", isAfterToday: false, free: 50 } } as const;
  expect(t(`checkWords.${problemWordOf(over) ?? "time_no_time"}.what`, valuesOf(over))).toBe(
    "900 people, and 50 of 1,000 places are free today.",
  );
  const without = { ...later, facts: { ...facts, limit: null, reserved: null, free: null } } as const;
  expect(t(`checkOk.${okWordOf(without)}`, valuesOf(without))).toBe("No daily limit is known for this number.");
});

test("a place is named as the template writes it, and one that stands in no text by what it is", () => {
  const facts = {
    problem: "missing",
    missing: ["body.1", "header.media"],
    unknown: [],
    fallbacks: {},
    peopleWithoutValue: {},
    contactId: null,
  } as const;
  const check = { key: "placeholders", state: "bad", facts } as const;
  expect(valuesOf(check, (key) => (key === "header.media" ? "Header picture" : null))["missing"]).toBe("{{1}}, Header picture");
});

test("a time that the clocks skip says when it starts, and one that comes twice which of the two is meant", () => {
  const facts = { seconds: 60, perSecond: 10, startsAt: "2027-03-14T07:30:00Z" } as const;
  const told = (adjusted: "skipped_by_clock_change" | "earlier_of_two", from: string): string => {
    const check = { key: "time", state: "warn", facts: { ...facts, problem: "clock_change", adjusted } } as const;
    return t("checkWords.time_clock_change.what", { ...valuesOf(check), from });
  };
  expect(told("skipped_by_clock_change", "14 Mar 2027, 08:30")).toBe(
    "The clocks go forward then and skip that time: it starts 14 Mar 2027, 08:30 by your clock.",
  );
  expect(told("earlier_of_two", "7 Nov 2027, 06:30")).toBe(
    "The clocks go back then and show that time twice: it starts the first time, 7 Nov 2027, 06:30 by your clock.",
  );
  expect(t("when.time.skipped_by_clock_change", { zone: "America/New York", asked: "02:30", shown: "03:30" })).toBe(
    "The clocks in America/New York go forward then and never show 02:30: it starts at 03:30.",
  );
});

test("what is different is told with since when, and by whose eyes", () => {
  const at = "21 Nov 2026, 14:02";
  expect(t("review.changed.title", { by: "you", at })).toBe("Since you last saw the count (21 Nov 2026, 14:02), it has changed");
  expect(t("review.changed.title", { by: "draft", at })).toBe(
    "Since the draft was last counted (21 Nov 2026, 14:02), the audience has changed",
  );
});

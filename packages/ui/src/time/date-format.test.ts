import { expect, it } from "vitest";
import { dateFormat, isSameDay } from "./date-format.ts";

it("is made once for each locale, zone and look", () => {
  const berlin = dateFormat("en-GB", { timeStyle: "short", timeZone: "Europe/Berlin" });
  expect(dateFormat("en-GB", { timeStyle: "short", timeZone: "Europe/Berlin" })).toBe(berlin);
  const atMs = Date.UTC(2026, 10, 21, 23, 30);
  expect(berlin.format(atMs)).toBe("00:30");
  expect(dateFormat("en-GB", { timeStyle: "short", timeZone: "Europe/Lisbon" }).format(atMs)).toBe("23:30");
  expect(dateFormat("en-GB", { dateStyle: "short", timeZone: "Europe/Berlin" }).format(atMs)).toBe("22/11/2026");
});

it("tells days apart as the reader's calendar does", () => {
  const [evening, midnight] = [Date.UTC(2026, 10, 21, 22, 30), Date.UTC(2026, 10, 21, 23, 30)];
  expect(isSameDay(evening, midnight, "UTC")).toBe(true);
  expect(isSameDay(evening, midnight, "Europe/Berlin")).toBe(false);
});

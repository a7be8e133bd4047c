import { expect, test } from "vitest";
import { countryTimesOf, zonesByCountry } from "./country-times.ts";

const zones = zonesByCountry();

test("the platform names the zones of a country", () => {
  expect(zones["DE"]).toContain("Europe/Berlin");
  expect(zones["MX"]).toContain("America/Mexico_City");
  expect(zones["ZZ"]).toBeUndefined();
});

test("a moment is told as the clocks of the people show it, most people first", () => {
  const at = Date.parse("2026-12-01T13:00:00Z");
  expect(
    countryTimesOf(
      at,
      [
        { country: "DE", count: 3 },
        { country: null, count: 50 },
        { country: "IN", count: 40 },
        { country: "QQ", count: 9 },
      ],
      zones,
    ),
  ).toEqual([
    { country: "IN", count: 40, from: "18:30", to: "18:30", isNight: false },
    { country: "DE", count: 3, from: "14:00", to: "14:00", isNight: false },
  ]);
});

test("a country with several clocks has a span, and night for some is night", () => {
  const [mexico] = countryTimesOf(Date.parse("2026-12-01T13:00:00Z"), [{ country: "MX", count: 1204 }], zones);
  expect(mexico).toEqual({ country: "MX", count: 1204, from: "05:00", to: "08:00", isNight: true });
});

test("a span over midnight is in the order of the clocks, not of the figures", () => {
  const [states] = countryTimesOf(Date.parse("2026-12-01T06:00:00Z"), [{ country: "US", count: 1 }], zones);
  expect(states).toMatchObject({ from: "20:00", to: "01:00" });
});

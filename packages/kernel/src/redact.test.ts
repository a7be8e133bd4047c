import { expect, test } from "vitest";
import { redact, redactText } from "./redact.ts";

test("phone numbers, wamids, BSUIDs and e-mail addresses never survive in text", () => {
  const text = "to +1 (650) 555-1234 id wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1= user US.13491208655302741918 mail ana@example.com";
  expect(redactText(text)).toBe("to [redacted] id [redacted] user [redacted] mail [redacted]");
});

test("identifiers and timestamps of ours stay readable", () => {
  expect(redactText("3f2504e0-4f89-41d3-9a0c-0305e82c3301")).toBe("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
  expect(redactText("2026-11-21T09:53:12.120Z")).toBe("2026-11-21T09:53:12.120Z");
});

test("personal keys are blanked at any depth, and errors keep their type", () => {
  expect(redact({ campaignId: "c", inner: [{ To: "x", wa_id: "16505551234" }] })).toEqual({
    campaignId: "c",
    inner: [{ To: "[redacted]", wa_id: "[redacted]" }],
  });
  expect(redact(new TypeError("bad +16505551234"))).toMatchObject({ type: "TypeError", message: "bad [redacted]" });
});

test("identifiers inside a text stay readable beside what is blanked", () => {
  expect(redactText("campaign:3f2504e0-4f89-41d3-9a0c-0305e82c3301 to +16505551234")).toBe(
    "campaign:3f2504e0-4f89-41d3-9a0c-0305e82c3301 to [redacted]",
  );
});

test("a phone as a key or as a number is blanked, a time in ms is not", () => {
  expect(redact({ "+16505551234": 1, phoneCount: 3, recipient: 16505551234, sentAtMs: 1749416383000 })).toEqual({
    "[redacted]": 1,
    phoneCount: 3,
    recipient: "[redacted]",
    sentAtMs: 1749416383000,
  });
});

test("an error keeps its code and cause, without the person in them", () => {
  const error = Object.assign(new Error("cut", { cause: new Error("for +16505551234") }), { code: "ECONNRESET" });
  expect(redact(error)).toMatchObject({ code: "ECONNRESET", cause: { message: "for [redacted]" } });
});

test("a provider's dates and times stay readable, and a phone number beside them does not", () => {
  const expired = "Session has expired on Sat, 21 Nov 2026 11:20:42 GMT.";
  expect(redactText(expired)).toBe(expired);
  for (const time of ["2026-11-21 11:20:42", "2026-11-21T11:20:42+0000", "Saturday, 21-Nov-26 11:20:42 PST", "21 Nov 2026, 11:20:42"])
    expect(redactText(`until ${time}`)).toBe(`until ${time}`);
  expect(redactText("at 2026 11:20:42 to 1 650 555 1234")).toBe("at 2026 11:20:42 to [redacted]");
});

test.each(["+2026 5551234", "2026 555 1234", "+1 202 555 2026 11", "4915112026 11", "2026-11-555123"])(
  "what only resembles a date goes: %s",
  (phone) => {
    expect(redactText(`for ${phone} now`)).toBe("for [redacted] now");
  },
);

test.each(["+1 650 555 2026 11:20:42", "+49 151 2026 11:20:42"])(
  "a phone number that ends like a year is not kept for the time behind it: %s",
  (text) => {
    expect(redactText(text)).not.toMatch(/650|151/);
  },
);

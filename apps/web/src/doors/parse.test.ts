import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./parse.ts";

const schema = z.strictObject({
  name: z.string(),
  limit: z.int().optional(),
  state: z.enum(["sent", "read"]).default("sent"),
  country: z
    .string()
    .refine((country) => country === "AE", "is not a country code")
    .default("AE"),
});

test.each([
  [{}, { path: "name", message: "is missing", cure: "Add it, as a text." }],
  [{ name: 5 }, { path: "name", message: "must be a text", cure: "Send it as a text." }],
  [
    { name: "a", limit: "5" },
    { path: "limit", message: "must be a number", cure: "Send it as a number." },
  ],
  [
    { name: "a", state: "gone" },
    { path: "state", message: "must be one of: sent, read", cure: "Choose one of these words." },
  ],
  [
    { name: "a", nmae: "b" },
    { path: "body", message: "has members that nobody knows: nmae" },
  ],
  [
    { name: "a", country: "XX" },
    { path: "country", message: "is not a country code" },
  ],
  ["text", { path: "body", message: "must be an object", cure: "Send it as an object." }],
])("%j is refused in words that say what to do", (input, issue) => {
  expect(parseInput(schema, input, "body")).toMatchObject({ ok: false, error: { type: "invalid_input", issues: [issue] } });
});

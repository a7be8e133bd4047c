import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogger, type LogLevel } from "./logger.ts";

function listen(level: LogLevel = "debug") {
  const lines: string[] = [];
  const log = createLogger({ service: "worker", level, stream: { write: (line: string) => void lines.push(line) } });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const campaignId = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

test("a line is one JSON object with level, ISO time, service, fields and the event", () => {
  const { log, lines, parsed } = listen();
  log.info("message.accepted", { campaignId, count: 12 });
  expect(lines[0]?.endsWith("\n")).toBe(true);
  expect(parsed()).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
      service: "worker",
      pid: process.pid,
      campaignId,
      count: 12,
      event: "message.accepted",
    },
  ]);
});

test("a child's lines carry its fields, redacted as well", () => {
  const { log, parsed } = listen();
  log.child({ campaignId, phone: "+16505551234" }).child({ epoch: 3 }).warn("slice.stopped");
  expect(parsed()).toMatchObject([{ level: "warn", campaignId, epoch: 3, phone: "[redacted]", event: "slice.stopped" }]);
});

test("a level below the logger's writes nothing", () => {
  const { log, lines } = listen("warn");
  log.info("message.accepted");
  log.child({ campaignId }).debug("message.accepted");
  expect(lines).toEqual([]);
});

test("an error is written with its type and without what it quotes", () => {
  const { log, parsed } = listen();
  log.error("send.failed", { error: new TypeError("no route to +55 11 91234-5678") });
  expect(parsed()).toMatchObject([{ error: { type: "TypeError", message: "no route to [redacted]" } }]);
});

/** What must never be seen, each made so that finding it in a line proves a leak. */
const phone = fc.integer({ min: 10_000_000, max: 999_999_999 }).map((digits) => `+5511${digits}`);
const wamid = fc.stringMatching(/^[A-Za-z0-9]{16,40}$/).map((text) => `wamid.${text}`);
const words = fc.stringMatching(/^[A-Za-zÀ-ÿ ]{3,30}$/).map((text) => `SECRET${text}SECRET`);
const personalKey = fc.constantFrom(
  "to",
  "From",
  "phone",
  "wa_id",
  "name",
  "firstName",
  "text",
  "body",
  "token",
  "accessToken",
  "authorization",
  "providerMessageId",
  "email",
);
/** Free text around an identifier, as an error message would have it. */
const quoted = fc
  .tuple(fc.constantFrom("", "sent to ", "id=", "("), fc.oneof(phone, wamid), fc.constantFrom("", ": refused", ")", " twice"))
  .map((parts) => ({ secret: parts[1], value: parts.join("") }));
const underKey = fc.tuple(personalKey, fc.oneof(words, phone, wamid)).map(([key, secret]) => ({ secret, value: { [key]: secret } }));
const asError = quoted.map(({ secret, value }) => ({ secret, value: new Error(value) }));
const leaf: fc.Arbitrary<{ readonly secret: string; readonly value: unknown }> = fc.oneof(quoted, underKey, asError);
const harmless = fc.constantFrom<unknown>(1, true, null, "queued", campaignId, ["a"], { count: 2 });
const plainKey = fc.constantFrom("detail", "result", "items", "cause", "request");

/** A personal value at any depth, beside harmless ones. */
const leak = fc
  .tuple(leaf, fc.array(fc.tuple(plainKey, fc.boolean()), { maxLength: 4 }), harmless)
  .map(([{ secret, value }, path, beside]) => ({
    secret,
    fields: { outcome: path.reduce<unknown>((inner, [key, isList]) => (isList ? [beside, inner] : { [key]: inner, beside }), value) },
  }));

test("no phone, name, text, token or wamid reaches a line, wherever it hides (law L12)", () => {
  fc.assert(
    fc.property(leak, fc.constantFrom("debug", "info", "warn", "error" as const), fc.boolean(), ({ secret, fields }, level, isChild) => {
      const { log, lines } = listen();
      if (isChild) log.child(fields)[level]("send.failed");
      else log[level]("send.failed", fields);
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain(JSON.stringify(secret).slice(1, -1));
    }),
    { numRuns: 2000 },
  );
});

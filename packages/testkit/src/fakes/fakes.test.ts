import { expect, test } from "vitest";
import { fakeClock, fakeProvider } from "../index.ts";

test("a fake clock stands still, and wakes sleepers in the order of their time", async () => {
  const clock = fakeClock();
  const woken: number[] = [];
  const sleepers = [30, 10, 20].map((durationMs) => clock.sleep(durationMs).then(() => woken.push(clock.monotonicMs())));
  await clock.advance(9);
  expect(woken).toEqual([]);
  await clock.advance(30);
  await Promise.all(sleepers);
  expect(woken).toEqual([10, 20, 30]);
  expect(clock.monotonicMs()).toBe(39);
});

test("a fake provider keeps every request and answers by script", async () => {
  const provider = fakeProvider((_, nth) =>
    nth === 1 ? { kind: "not_started", cause: "too_late" } : { kind: "accepted", providerMessageId: "a", isHeld: false },
  );
  const account = { providerNumberId: "n", accessToken: "t" };
  const message = {
    to: { channel: "whatsapp", kind: "phone", value: "+16505550100" } as const,
    template: {
      name: "t",
      language: "en",
      category: "UTILITY",
      parameterFormat: "positional",
      componentsHash: "",
      headerKind: "none",
    } as const,
    parameters: { body: [] },
    opaqueId: "o",
  };
  const outcomes = [await provider.send(account, message, { notAfterMs: 0 }), await provider.send(account, message, { notAfterMs: 0 })];
  expect(outcomes.map(({ kind }) => kind)).toEqual(["not_started", "accepted"]);
  expect(provider.sent.map(({ message }) => message.opaqueId)).toEqual(["o", "o"]);
});

import { describe, expect, it } from "vitest";
import { DeadlineError, waitFor, within } from "./wait.ts";

describe("waitFor", () => {
  it("ends as soon as the probe answers true; a probe that throws counts as not yet", async () => {
    let calls = 0;
    await waitFor(
      "three calls",
      1_000,
      () => {
        calls++;
        if (calls === 1) throw new Error("not yet");
        return calls === 3;
      },
      1,
    );
    expect(calls).toBe(3);
  });

  it("gives up at its bound and says what it waited for and why", async () => {
    const never = waitFor("Godot", 30, () => Promise.reject(new Error("connection refused")), 5);
    await expect(never).rejects.toThrow(new DeadlineError("waited 0.03 s for Godot: connection refused"));
  });

  it("is not held up by a probe that never answers", async () => {
    await expect(waitFor("an answer", 30, () => new Promise<boolean>(() => undefined), 5)).rejects.toThrow(DeadlineError);
  });
});

it("within passes on a value that comes in time", async () => {
  expect(await within("a value", 1_000, Promise.resolve(7))).toBe(7);
});

import { expect, test } from "vitest";
import { type Interaction, take } from "./interactions.ts";

/** A window that shows words. */
type Window = { readonly shown: string[] };
const says = (word: string, act: (window: Window) => void = ({ shown }) => void shown.push(word)): Interaction<Window> => ({
  what: `say ${word}`,
  act: async (window) => act(window),
  happened: async ({ shown }) => shown.includes(word),
});
const soon = { withinMs: 20 };

test("interactions are taken in turn, each told before it begins", async () => {
  const window: Window = { shown: [] };
  const begun: string[] = [];
  await take(window, [says("one"), says("two")], {
    ...soon,
    onBegin: async (what) => void begun.push(`${what} after ${window.shown.length}`),
  });
  expect(window.shown).toEqual(["one", "two"]);
  expect(begun).toEqual(["say one after 0", "say two after 1"]);
});

test("an interaction that changes nothing fails, and what comes after it is not done", async () => {
  const window: Window = { shown: [] };
  await expect(take(window, [says("one", () => undefined), says("two")], soon)).rejects.toThrow(
    /“say one” did not happen: waited .* for say one/,
  );
  expect(window.shown).toEqual([]);
});

test("an interaction with something that is not there fails with the reason", async () => {
  const missing = says("one", () => {
    throw new Error("waiting for getByRole('button')\n  first line of a long log\n  second");
  });
  await expect(take({ shown: [] }, [missing], soon)).rejects.toThrow(
    "“say one” did not happen: waiting for getByRole('button')   first line of a long log",
  );
});

test("what the page showed before proves nothing", async () => {
  await expect(take({ shown: ["one"] }, [says("one")], soon)).rejects.toThrow("“say one” was so before it was done");
});

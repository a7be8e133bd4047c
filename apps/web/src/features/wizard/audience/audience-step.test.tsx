// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { messages } from "../../../words/messages.ts";
import { WordsProvider } from "../../../words/words-provider.client.tsx";
import type { AudienceParts, PartChoice } from "../model/audience-parts.ts";
import type { AudienceChoice } from "../model/draft-content.ts";
import { AudienceStep } from "./audience-step.client.tsx";

const router = vi.hoisted(() => ({ replace: vi.fn<(href: string) => void>(), refresh: vi.fn<() => void>() }));
const wizard = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("next/navigation", () => ({
  useRouter: () => router,
  usePathname: () => "/audience",
  useSearchParams: () => new URLSearchParams("from=home"),
}));
vi.mock("../frame/wizard.client.tsx", () => ({ useWizard: () => wizard.now }));
// what stands around the choice of parts asks questions of its own
vi.mock("./counter.client.tsx", () => ({ Counter: () => null }));
vi.mock("./first-people.client.tsx", () => ({ FirstPeople: () => null }));
vi.mock("./people-picker.client.tsx", () => ({ PeoplePicker: () => null }));

const part = (name: string) => ({ id: name, name: `List ${name}`, people: 3, atMs: null });
const choiceOf = (names: readonly string[], words = "", isCut = false): PartChoice => ({ words, parts: names.map(part), isCut });
const nothing = choiceOf([]);
function partsWith(lists: PartChoice, asked: readonly string[], found: readonly string[]): AudienceParts {
  const none = { asked: [], found: [] };
  return {
    choices: { lists, tags: nothing, imports: nothing, notLists: nothing, notTags: nothing },
    named: { lists: { asked, found: found.map(part) }, tags: none, imports: none },
  };
}
const change = vi.fn<(patch: { readonly audience: AudienceChoice }) => void>();
function step(parts: AudienceParts, listIds: readonly string[], saved: "saved" | "unsaved" = "saved") {
  wizard.now = { content: { audience: { listIds } }, save: { kind: saved }, change, issueAt: () => undefined, hrefOf: () => "/" };
  return (
    <WordsProvider messages={messages} zone="UTC" nowMs={0}>
      <AudienceStep parts={parts} />
    </WordsProvider>
  );
}
const chips = (): readonly (string | null)[] =>
  within(screen.getByRole("list", { name: "Lists" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

test("a list beyond what is shown is there by its name, one that was looked for in vain is gone, and of one nobody looked for neither is said", () => {
  const parts = partsWith(choiceOf(["a"], "", true), ["z", "lost"], ["z"]);
  const { rerender } = render(step(parts, ["a", "z", "lost", "new"], "unsaved"));
  expect(chips()).toEqual(["List a3 people", "List z3 people", "No longer there", "Name not read yet"]);
  expect(router.refresh, "the saved draft does not name it yet").not.toHaveBeenCalled();
  rerender(step(parts, ["a", "z", "lost", "new"]));
  rerender(step(parts, ["a", "z", "lost", "new"]));
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

test("a cut choice says so and is searched where all are; what was picked keeps its name when the search goes on", async () => {
  const { rerender } = render(step(partsWith(choiceOf(["a"], "", true), [], []), []));
  fireEvent.click(screen.getByRole("button", { name: "Add lists" }));
  expect(screen.getByText("There are more than are shown: type to find them.")).toBeDefined();
  fireEvent.click(screen.getByRole("checkbox", { name: /^List a/ }));
  expect(change).toHaveBeenCalledWith({ audience: { listIds: ["a"] } });
  fireEvent.change(screen.getByRole("searchbox", { name: "Search lists" }), { target: { value: "List z " } });
  expect(screen.getByText("Searching")).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(250));
  expect(router.replace).toHaveBeenCalledExactlyOnceWith("/audience?from=home&lists=List+z", { scroll: false });
  rerender(step(partsWith(choiceOf(["z"], "List z"), [], []), ["a"], "unsaved"));
  expect(screen.queryByText("Searching")).toBeNull();
  expect(screen.getByRole("checkbox", { name: /^List z/ })).toBeDefined();
  expect(screen.getByText("List a")).toBeDefined();
  expect(screen.queryByText("No longer there")).toBeNull();
});

test("where all are here, what is typed picks among them at once and asks nobody", async () => {
  render(step(partsWith(choiceOf(["a", "b"]), [], []), []));
  fireEvent.click(screen.getByRole("button", { name: "Add lists" }));
  fireEvent.change(screen.getByRole("searchbox", { name: "Search lists" }), { target: { value: "list B" } });
  expect(screen.getAllByRole("checkbox")).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(router.replace).not.toHaveBeenCalled();
});

// @vitest-environment jsdom
import { err } from "@herald/kernel";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { DoorProblem } from "../../../acting/call-door.ts";
import base from "../../../words/en/base.json" with { type: "json" };
import wizard from "../../../words/en/wizard.json" with { type: "json" };
import { WordsProvider } from "../../../words/words-provider.client.tsx";
import type { SaveState } from "../model/draft-store.ts";
import { SaveTrouble } from "./save-trouble.client.tsx";

const problem = (type: string, status: number): DoorProblem => ({ type, status, title: "Refused", detail: "" });
const world = vi.hoisted(() => ({ save: { kind: "saving" } as unknown, flush: vi.fn<() => Promise<boolean>>() }));
const showToast = vi.hoisted(() => vi.fn<(message: object) => void>());
vi.mock("@herald/ui/toast", () => ({ showToast }));
vi.mock("./wizard.client.tsx", () => ({
  useWizard: () => ({
    save: world.save,
    userId: "mia",
    workspaceId: "w",
    step: "content",
    hrefOf: () => "/",
    store: { flush: world.flush, takeTheirs: async () => err(problem("offline", 0)) },
  }),
}));
afterEach(cleanup);

function show(save: SaveState): void {
  world.save = save;
  render(
    <WordsProvider messages={{ base, wizard }} zone="UTC" nowMs={0}>
      <SaveTrouble />
    </WordsProvider>,
  );
}

test("the saved draft that cannot be read is told where it was asked for", async () => {
  show({ kind: "moved", version: 2, updatedAtMs: 0, updatedBy: "ana" });
  fireEvent.click(screen.getByRole("button", { name: wizard.trouble.moved.takeTheirs }));
  await waitFor(() => expect(showToast).toHaveBeenCalledWith(expect.objectContaining({ tone: "bad", title: base.offline.title })));
});

test.each(["unauthenticated", "other_person", "forbidden"])(
  "what was refused as %s can be saved by a press, once the reason is gone",
  (type) => {
    show({ kind: "refused", problem: problem(type, 403) });
    const told = type === "other_person" ? wizard.trouble.otherPerson.title : type === "unauthenticated" ? base.signedOut.title : "Refused";
    expect(screen.getByText(told)).toBeDefined();
    world.flush.mockClear();
    fireEvent.click(screen.getByRole("button", { name: wizard.trouble.saveNow }));
    expect(world.flush).toHaveBeenCalledOnce();
  },
);

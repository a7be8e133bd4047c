// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { messages } from "../../../words/messages.ts";
import { WordsProvider } from "../../../words/words-provider.client.tsx";
import type { DraftContent } from "../model/draft-content.ts";
import { TestSend } from "./test-send.client.tsx";

const wizard = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => undefined }) }));
vi.mock("../frame/wizard.client.tsx", () => ({ useWizard: () => wizard.now }));

const first = { from: "static", value: "Ana" } as const;
const second = { from: "static", value: "Lisbon" } as const;
const said: DraftContent = {
  senderId: "sender",
  template: { name: "sale", language: "en" },
  variables: { "body.2": second, "body.1": first },
};
/** The same, as jsonb gives it back. */
const stored: DraftContent = {
  senderId: "sender",
  template: { language: "en", name: "sale" },
  variables: { "body.1": { value: "Ana", from: "static" }, "body.2": { value: "Lisbon", from: "static" } },
};
function draftIs(content: DraftContent, version: number): void {
  wizard.now = {
    workspaceId: "w",
    draftId: "draft",
    lacks: [],
    template: { category: "UTILITY", placeholders: [{ key: "body.1" }, { key: "body.2" }] },
    store: { flush: async () => true, get: () => ({ content, version }) },
  };
}
async function press(): Promise<void> {
  render(
    <WordsProvider messages={messages} zone="UTC" nowMs={0}>
      <TestSend />
    </WordsProvider>,
  );
  const button = await screen.findByRole("button", { name: "Send a test to Ana" });
  await act(async () => void fireEvent.click(button));
}

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test("a test whose answer was lost is the same request again: after a reload, and after a save of what is no part of it", async () => {
  const sent: (readonly [string, string])[] = [];
  vi.stubGlobal("fetch", async (path: string, init: { readonly headers: Record<string, string>; readonly body: string }) => {
    if (path.includes("/people?"))
      return Response.json({ people: [{ contactId: "ana", displayName: "Ana", phone: null, hasConsent: true }] });
    sent.push([init.headers["idempotency-key"] ?? "", init.body]);
    throw new TypeError("the answer is lost");
  });
  localStorage.setItem("herald-test-to:w", "ana");
  draftIs(said, 5);
  await press();
  cleanup();
  draftIs(stored, 6);
  await press();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

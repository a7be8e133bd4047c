// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import base from "../../words/en/base.json" with { type: "json" };
import live from "../../words/en/live.json" with { type: "json" };
import { WordsProvider } from "../../words/words-provider.client.tsx";
import { CampaignLiveData } from "./campaign-live.client.tsx";
import { UnknownNeed } from "./decisions.client.tsx";
import type { Report } from "./report.ts";
import { aReport, facts } from "./testing/a-report.ts";

const evidence = (count: number): NonNullable<Report["unknown"]> => ({
  count,
  oldestAt: "2026-11-21T14:00:00.000Z",
  comparedWith: 0,
  within2MinShare: null,
  medianFirstReceiptMs: null,
  isOverflowRead: true,
});
const page = (count: number) => (
  <WordsProvider messages={{ base, live }} zone="UTC" nowMs={0}>
    <CampaignLiveData facts={facts} initial={{ data: aReport(), atMs: Date.now() }}>
      <UnknownNeed evidence={evidence(count)} />
    </CampaignLiveData>
  </WordsProvider>
);
let sent: { readonly path: string; readonly body: unknown }[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit = {}) => {
    // what the page was rendered with stays
    if (method !== "POST") return new Promise(() => undefined);
    sent.push({ path, body: JSON.parse(typeof body === "string" ? body : "null") });
    return Response.json(
      { type: "urn:herald:problem:resend_grew", status: 409, title: "More than you were told of", detail: "12 and 15." },
      { status: 409 },
    );
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a resend names how many were said when it was asked, also when there are more by the time it is pressed, and tells a refusal where it is asked", async () => {
  const { rerender } = render(page(12));
  fireEvent.click(screen.getByRole("button", { name: "Send 12 again…" }));
  await screen.findByRole("alertdialog", { name: "Send 12 unclear messages again?" });
  rerender(page(15));
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "they asked" } });
  fireEvent.click(screen.getByRole("button", { name: "Send 12 messages again" }));
  await waitFor(() => expect(screen.getByRole("alertdialog").textContent).toContain("More than you were told of"));
  expect(sent).toEqual([{ path: "/api/campaigns/2/resend", body: { what: "unknown", expected: 12, note: "they asked" } }]);
});

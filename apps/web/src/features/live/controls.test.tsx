// @vitest-environment jsdom
import { Toaster } from "@herald/ui/toast";
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import base from "../../words/en/base.json" with { type: "json" };
import live from "../../words/en/live.json" with { type: "json" };
import { WordsProvider } from "../../words/words-provider.client.tsx";
import type * as Dialogs from "./campaign-dialog.client.tsx";
import { CampaignLiveData } from "./campaign-live.client.tsx";
import { CampaignControls } from "./controls.client.tsx";
import type { Report } from "./report.ts";
import { aReport, facts } from "./testing/a-report.ts";

// a busy machine reads the code of a question for longer than a second
configure({ asyncUtilTimeout: 10_000 });
const questions = vi.hoisted(() => ({ fetched: 0, isThere: true }));
vi.mock("./campaign-dialog.client.tsx", async (original) => {
  const { CampaignDialog } = await original<typeof Dialogs>();
  return {
    get CampaignDialog() {
      questions.fetched += 1;
      if (!questions.isThere) throw new Error("no connection");
      return CampaignDialog;
    },
  };
});
class Observer implements ResizeObserver {
  observe = (): void => undefined;
  unobserve = (): void => undefined;
  disconnect = (): void => undefined;
}
beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  Element.prototype.scrollIntoView = () => undefined;
  // nobody answers: what the page was rendered with stays
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(report: Report): void {
  render(
    <WordsProvider messages={{ base, live }} zone="UTC" nowMs={0}>
      <CampaignLiveData facts={facts} initial={{ data: report, atMs: Date.now() }}>
        <CampaignControls />
        <Toaster label="Notices" closeLabel="Close this notice" />
      </CampaignLiveData>
    </WordsProvider>,
  );
}
async function choose(item: string): Promise<void> {
  fireEvent.keyDown(screen.getByRole("button", { name: live.controls.more }), { key: "Enter" });
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
}

test("the questions are no part of the page; the first one opened comes with the focus in it, and gives it back to where it came from", async () => {
  show(aReport());
  expect(questions.fetched).toBe(0);
  await choose(live.controls.stop);
  const question = await screen.findByRole("alertdialog", { name: "Stop Spring sale for good?" });
  await waitFor(() => expect(question.contains(document.activeElement)).toBe(true));
  fireEvent.click(screen.getByRole("button", { name: live.stopDialog.stay }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: live.controls.more })));
});

test.each([
  { item: live.controls.pauseWithNote, question: "Pause sending?" },
  { item: live.controls.killWorkspace, question: "Stop everything in this workspace?" },
  { item: "Stop everything from +1 555 010 0100…", question: "Stop everything from +1 555 010 0100?" },
])("“$item” asks “$question”", async ({ item, question }) => {
  show(aReport());
  await choose(item);
  expect(await screen.findByRole("alertdialog", { name: question })).toBeDefined();
});

test("another time is asked for, and now is asked about, where a campaign waits for its time", async () => {
  const { campaign } = aReport();
  show(
    aReport({
      campaign: { ...campaign, status: "scheduled", scheduledAt: "2099-01-05T12:00:00.000Z", scheduleZone: "UTC", startedAt: null },
    }),
  );
  fireEvent.click(screen.getByRole("button", { name: live.controls.reschedule }));
  expect(await screen.findByRole("dialog", { name: live.scheduleDialog.title })).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: live.scheduleDialog.stay }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await choose(live.controls.startNow);
  expect(await screen.findByRole("alertdialog", { name: live.scheduleDialog.nowTitle })).toBeDefined();
});

test("a question that cannot be fetched is told and breaks nothing; the next press asks for it again", async () => {
  questions.isThere = false;
  show(aReport());
  await choose(live.controls.stop);
  expect(await screen.findByText(base.failed.title)).toBeDefined();
  questions.isThere = true;
  await choose(live.controls.stop);
  expect(await screen.findByRole("alertdialog", { name: "Stop Spring sale for good?" })).toBeDefined();
});

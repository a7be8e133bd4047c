import { expect, test } from "vitest";
import type { CampaignStatus } from "../ledger/campaign-status.ts";
import { noMessages } from "../ledger/message-state.ts";
import { aCampaignId, aWorkspaceId } from "../testing/ids.ts";
import type { CampaignProgress } from "./campaign-run.ts";
import { settleCampaign } from "./settle-campaign.ts";

const ids = { workspaceId: aWorkspaceId(), campaignId: aCampaignId() };

/** A campaign whose steps write down that they were taken. */
function aWorld(
  change: Partial<CampaignProgress> = {},
  endsAs: CampaignStatus = "sent",
  released: Partial<CampaignProgress> = { status: "queued" },
) {
  const calls: string[] = [];
  let progress: CampaignProgress = {
    status: "sending",
    flag: "running",
    controlSeq: 4,
    runNo: 0,
    planned: 12,
    chunkCount: 2,
    counts: noMessages,
    scheduledAtMs: null,
    expiresAtMs: 10_000,
    nextDueAtMs: null,
    nowMs: 5000,
    ...change,
  };
  const none = () => Promise.reject(new Error("not part of a look"));
  const deps: Parameters<typeof settleCampaign>[0] = {
    recoveryGraceMs: 25_000,
    gate: {
      takeOver: none,
      grant: none,
      returnLost: none,
      readClock: none,
      warmUp: none,
      recover: async (_workspaceId, _campaignId, graceMs) => {
        calls.push(`recover ${graceMs}`);
        return { unknown: 0, waiting: 0 };
      },
    },
    run: {
      progress: async () => progress,
      release: async (_workspaceId, _campaignId, lateAfterMs) => {
        calls.push(`release ${lateAfterMs}`);
        progress = { ...progress, ...released };
      },
      skipOpen: async (_workspaceId, _campaignId, reason, limit) => {
        const { queued } = progress.counts;
        const skipped = Math.min(queued, limit);
        calls.push(`skip ${skipped} ${reason}`);
        progress = { ...progress, counts: { ...progress.counts, queued: queued - skipped, skipped: progress.counts.skipped + skipped } };
        return skipped;
      },
      finalise: async () => {
        calls.push("finalise");
        progress = { ...progress, status: endsAs };
        return endsAs;
      },
      cancel: none,
      markStagingDegraded: none,
      senderAccount: none,
      frozenTemplate: none,
    },
  };
  return { calls, look: (mayFinish = false) => settleCampaign(deps, { ...ids, mayFinish }) };
}

test("a look names what a lost sender left, and does not end the campaign unless it may", async () => {
  const { calls, look } = aWorld({ counts: { ...noMessages, unknown: 2, held: 1, deferred: 3 }, nextDueAtMs: 6000 });
  expect(await look()).toEqual({
    isFinal: false,
    status: "sending",
    flag: "running",
    controlSeq: 4,
    open: { queued: 0, deferred: 3, dispatching: 0, unknown: 2, held: 1 },
    nextDueAtMs: 6000,
    scheduledAtMs: null,
    expiresAtMs: 10_000,
    chunkCount: 2,
    nowMs: 5000,
    runNo: 0,
  });
  expect(calls).toEqual(["recover 25000"]);
  expect(await look(true)).toMatchObject({ isFinal: true, status: "sent" });
});

test("cancelling leaves out what is open, batch by batch until nothing is, and only then may end", async () => {
  const { calls, look } = aWorld({ flag: "cancelled", counts: { ...noMessages, queued: 12_000 } }, "cancelled");
  expect(await look(true)).toMatchObject({ status: "cancelled", open: { queued: 0 } });
  expect(calls).toEqual([
    "recover 25000",
    "skip 5000 cancelled",
    "skip 5000 cancelled",
    "skip 2000 cancelled",
    "skip 0 cancelled",
    "finalise",
  ]);
});

test("a campaign past its time leaves out the rest as expired, also while it is paused", async () => {
  for (const flag of ["running", "paused"] as const) {
    const { calls, look } = aWorld({ flag, expiresAtMs: 5000, counts: { ...noMessages, queued: 3 } });
    await look();
    expect(calls).toContain("skip 3 expired");
  }
});

test("a scheduled campaign is released when its time has come, not before", async () => {
  const early = aWorld({ status: "scheduled", scheduledAtMs: 5001 });
  expect(await early.look()).toMatchObject({ status: "scheduled" });
  expect(early.calls).toEqual(["recover 25000"]);
  const due = aWorld({ status: "scheduled", scheduledAtMs: 5000 });
  expect(await due.look()).toMatchObject({ status: "queued" });
  expect(due.calls).toEqual(["release 900000", "recover 25000"]);
});

test("a start that was missed is cancelled or paused by its own policy, and the same look goes by that", async () => {
  const missed = { status: "scheduled", scheduledAtMs: 1000, counts: { ...noMessages, queued: 3 } } as const;
  const skipping = aWorld(missed, "cancelled", { flag: "cancelled", controlSeq: 5 });
  expect(await skipping.look()).toMatchObject({ flag: "cancelled", controlSeq: 5, open: { queued: 0 } });
  expect(skipping.calls).toContain("skip 3 cancelled");
  const asking = aWorld(missed, "sent", { flag: "paused", status: "paused", controlSeq: 5 });
  expect(await asking.look()).toMatchObject({ status: "paused", flag: "paused", controlSeq: 5, open: { queued: 3 } });
  expect(asking.calls).toEqual(["release 900000", "recover 25000"]);
});

test("a final campaign is left alone, however often one looks", async () => {
  const { calls, look } = aWorld({ status: "partially_sent", expiresAtMs: 0 });
  expect([await look(true), await look(true)]).toMatchObject([{ isFinal: true }, { isFinal: true }]);
  expect(calls).toEqual([]);
});

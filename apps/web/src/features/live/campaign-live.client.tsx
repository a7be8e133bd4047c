"use client";
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { callDoor } from "../../acting/call-door.ts";
import { type Live, useLive } from "../../realtime/use-live.client.ts";
import type { CampaignFacts, Report } from "./report.ts";
import { type Said, withSaid } from "./standing.ts";

/** What an act came to, in words of the catalogue (`told`). */
export type Told = {
  readonly key: "paused" | "resumed" | "cancelled" | "speed" | "rescheduled" | "killed" | "freed" | "cured" | "resent" | "writtenOff";
  readonly atMs: number;
  readonly count?: number;
  readonly left?: number;
};
export type CampaignLive = {
  readonly facts: CampaignFacts;
  /** The newest answer of the server, with what was just done on top of it until an answer knows. */
  readonly report: Report;
  readonly live: Pick<Live<Report>, "connection" | "asOfMs" | "problem" | "refresh">;
  readonly told: Told | null;
  /** Shows at once what an act came to, and asks for the newest report. */
  readonly say: (told: Told, said?: Omit<Said, "atMs">) => void;
};
const CampaignContext = createContext<CampaignLive | null>(null);

export function useCampaign(): CampaignLive {
  const campaign = use(CampaignContext);
  if (campaign === null) throw new Error("this part stands under CampaignLiveData");
  return campaign;
}

/** One moving report for the whole page of a campaign: its header, its ledger and its overview ask once. */
export function CampaignLiveData({
  facts,
  initial,
  children,
}: {
  readonly facts: CampaignFacts;
  readonly initial: { readonly data: Report; readonly atMs: number };
  readonly children: ReactNode;
}) {
  const { campaignId } = facts;
  const load = useCallback((signal: AbortSignal) => callDoor<Report>(`/api/campaigns/${campaignId}`, { signal }), [campaignId]);
  const { data, connection, asOfMs, problem, refresh } = useLive(initial, load, campaignId);
  const [said, setSaid] = useState<Said | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const say = useCallback<CampaignLive["say"]>(
    (what, change) => {
      setTold(what);
      if (change) setSaid({ ...change, atMs: what.atMs });
      refresh();
    },
    [refresh],
  );
  const report = useMemo(() => withSaid(data, asOfMs, said), [data, asOfMs, said]);
  const campaign = useMemo<CampaignLive>(
    () => ({ facts, report, live: { connection, asOfMs, problem, refresh }, told, say }),
    [facts, report, connection, asOfMs, problem, refresh, told, say],
  );
  return <CampaignContext value={campaign}>{children}</CampaignContext>;
}

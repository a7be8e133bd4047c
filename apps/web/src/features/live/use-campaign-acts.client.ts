"use client";
import { callDoor } from "../../acting/call-door.ts";
import type { Decision } from "../../acting/noted-confirm.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import { useCampaign } from "./campaign-live.client.tsx";
import type { Report } from "./report.ts";

type ControlAnswer = {
  readonly flag: Report["control"]["flag"];
  readonly controlSeq: number;
  readonly status: Report["campaign"]["status"];
};
type RateAnswer = ControlAnswer & Speed;
type RescheduleAnswer = ControlAnswer & { readonly schedule: { readonly at: string; readonly zone: string | null } };
type DecisionAnswer = { readonly moved: number; readonly left: number };
export type Speed = { readonly weight: number; readonly maxPerSecond: number | null };
export type NewStart =
  | { readonly now: true }
  | { readonly schedule: { readonly local: string; readonly zone: string }; readonly ifLate: Report["campaign"]["ifLate"] };
export type Switch = "number" | "workspace";

/** Each answers whether it was done; a refusal has been told by then. */
export type CampaignActs = {
  readonly isBusy: boolean;
  readonly pause: (decision?: Decision) => Promise<boolean>;
  readonly resume: () => Promise<boolean>;
  readonly stop: () => Promise<boolean>;
  readonly setSpeed: (speed: Speed) => Promise<boolean>;
  readonly reschedule: (start: NewStart) => Promise<boolean>;
  readonly flip: (which: Switch, on: boolean, decision: Decision) => Promise<boolean>;
  readonly cure: (blockId: string, decision: Decision) => Promise<boolean>;
  /** `expected`: of how many the reader was told. */
  readonly resend: (expected: number, decision: Decision) => Promise<boolean>;
  readonly writeOff: (what: "unknown" | "held", decision: Decision) => Promise<boolean>;
};

const words = { paused: "paused", running: "resumed", cancelled: "cancelled" } as const;

/** Everything one can do about a campaign: through the doors alone, and told at once from what they answer. */
export function useCampaignActs(): CampaignActs {
  const { facts, report, say } = useCampaign();
  const { isBusy, act } = useAct();
  const campaignPath = `/api/campaigns/${facts.campaignId}` as const;
  const workspacePath = `/api/workspaces/${facts.workspaceId}` as const;
  const post = <Answer>(path: `/api/${string}`, body: object, { key, tell }: Partial<Decision> = {}): Promise<Answer | null> =>
    act(() => callDoor<Answer>(path, { method: "POST", body, ...(key !== undefined && { idempotencyKey: key }) }), tell);

  const control = async (verb: "pause" | "resume" | "cancel", decision?: Decision): Promise<boolean> => {
    const note = decision?.note;
    const answer = await post<ControlAnswer>(`${campaignPath}/${verb}`, note ? { note } : {}, decision);
    if (answer === null) return false;
    const { flag, controlSeq, status } = answer;
    const atMs = Date.now();
    const last = { action: words[flag], at: new Date(atMs).toISOString(), userId: facts.userId, note: note ?? null };
    const pauseReasons = flag === "paused" ? ["operator"] : [];
    say(
      { key: words[flag], atMs },
      {
        controlSeq,
        change: (of) => ({ ...of, campaign: { ...of.campaign, status, pauseReasons }, control: { flag, controlSeq, last }, stalled: null }),
      },
    );
    return true;
  };

  return {
    isBusy,
    pause: (decision) => control("pause", decision),
    resume: () => control("resume"),
    stop: () => control("cancel"),
    setSpeed: async (speed) => {
      const answer = await post<RateAnswer>(`${campaignPath}/rate`, speed);
      if (answer === null) return false;
      const { controlSeq, weight, maxPerSecond } = answer;
      const change = (of: Report): Report => ({ ...of, pace: { ...of.pace, weight, maxPerSecond } });
      say({ key: "speed", atMs: Date.now() }, { controlSeq, change });
      return true;
    },
    reschedule: async (start) => {
      const answer = await post<RescheduleAnswer>(`${campaignPath}/schedule`, start);
      if (answer === null) return false;
      const { controlSeq, status, schedule } = answer;
      const moved = { status, scheduledAt: schedule.at, scheduleZone: schedule.zone };
      say({ key: "rescheduled", atMs: Date.now() }, { controlSeq, change: (of) => ({ ...of, campaign: { ...of.campaign, ...moved } }) });
      return true;
    },
    flip: async (which, on, decision) => {
      const path =
        which === "number"
          ? (`${workspacePath}/senders/${report.campaign.senderId}/kill-switch` as const)
          : (`${workspacePath}/kill-switch` as const);
      if ((await post(path, { on, note: decision.note }, decision)) === null) return false;
      say(
        { key: on ? "killed" : "freed", atMs: Date.now() },
        { controlSeq: null, change: (of) => ({ ...of, pace: { ...of.pace, killedBy: on ? which : null } }) },
      );
      return true;
    },
    cure: async (blockId, decision) => {
      const answer = await post<{ readonly freed: number }>(`${workspacePath}/blocks/${blockId}/cure`, { note: decision.note }, decision);
      if (answer === null) return false;
      say(
        { key: "cured", atMs: Date.now(), count: answer.freed },
        { controlSeq: null, change: (of) => ({ ...of, blocks: of.blocks.filter((block) => block.blockId !== blockId) }) },
      );
      return true;
    },
    resend: async (expected, decision) => {
      const body = { what: "unknown", expected, note: decision.note };
      const answer = await post<DecisionAnswer>(`${campaignPath}/resend`, body, decision);
      if (answer === null) return false;
      say({ key: "resent", atMs: Date.now(), count: answer.moved, left: answer.left });
      return true;
    },
    writeOff: async (what, decision) => {
      const answer = await post<DecisionAnswer>(`${campaignPath}/write-off`, { what, note: decision.note }, decision);
      if (answer === null) return false;
      say({ key: "writtenOff", atMs: Date.now(), count: answer.moved, left: answer.left });
      return true;
    },
  };
}

import type { Report } from "./report.ts";
import { isOver, isStopping } from "./standing.ts";

const pauseReasons = ["operator", "template_changed", "schedule_missed"] as const;
export type PauseWord = (typeof pauseReasons)[number] | "other";
export const pauseWordOf = (reason: string): PauseWord => pauseReasons.find((known) => known === reason) ?? "other";

export type Block = Report["blocks"][number];
export type Wait = Report["deferred"][number];
export type Stall = NonNullable<Report["stalled"]>;
/** Something that stops the campaign, or that only a person can decide. In the order in which it should be looked at. */
export type Need =
  | { readonly kind: "killed"; readonly by: NonNullable<Report["pace"]["killedBy"]> }
  | { readonly kind: "stalled"; readonly stall: Stall }
  | { readonly kind: "paused"; readonly reason: PauseWord }
  | { readonly kind: "block"; readonly block: Block; readonly cure: Wait["cure"]; readonly waiting: number }
  | { readonly kind: "unknown"; readonly evidence: NonNullable<Report["unknown"]> }
  | { readonly kind: "held"; readonly held: NonNullable<Report["held"]> }
  | { readonly kind: "wait"; readonly wait: Wait };

const curesByClass: Readonly<Record<string, Wait["cure"]>> = {
  TEMPLATE: "mend_template",
  TOKEN: "renew_token",
  NUMBER: "ask_provider",
  WABA: "ask_provider",
  OPS: "ask_provider",
};

export function needsOf(report: Report): readonly Need[] {
  const isOpen = !isOver(report) && !isStopping(report);
  const needs: Need[] = [];
  if (isOpen && report.pace.killedBy !== null) needs.push({ kind: "killed", by: report.pace.killedBy });
  // these two say in their own words what a stall of that name would say once more
  const isToldElsewhere = report.stalled === "killed" || (report.stalled === "blocked" && report.blocks.length > 0);
  if (report.stalled !== null && !isToldElsewhere) needs.push({ kind: "stalled", stall: report.stalled });
  if (isOpen && report.control.flag === "paused")
    for (const reason of new Set(report.campaign.pauseReasons.map(pauseWordOf))) needs.push({ kind: "paused", reason });
  for (const block of report.blocks) {
    const waiting = report.deferred.filter(({ blockId }) => blockId === block.blockId).reduce((sum, { count }) => sum + count, 0);
    needs.push({ kind: "block", block, cure: curesByClass[block.class] ?? "cure_block", waiting });
  }
  if (report.unknown !== null) needs.push({ kind: "unknown", evidence: report.unknown });
  if (report.held !== null) needs.push({ kind: "held", held: report.held });
  for (const wait of report.deferred) needs.push({ kind: "wait", wait });
  return needs;
}
/** How many of them ask for somebody; the others pass by themselves, or are as somebody wanted them. */
export const urgentOf = (needs: readonly Need[]): number => needs.filter(isUrgent).length;
const isUrgent = (need: Need): boolean =>
  need.kind === "wait" ? false : need.kind === "held" ? need.held.ripe > 0 : need.kind !== "paused" || need.reason !== "operator";

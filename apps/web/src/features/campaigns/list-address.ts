import type { CampaignStatus } from "@herald/campaign";
import { isDay, isMoment } from "../../panel/calendar.ts";

/** What a colleague sees who opens the same address. Names and values are short: they are read in a chat. */
export const savedViews = ["all", "live", "attention", "drafts", "mine"] as const;
export type SavedView = (typeof savedViews)[number];
export const periods = ["today", "week", "month", "range"] as const;
export type Period = (typeof periods)[number];

/** Statuses as one filters by them: an operator makes no difference between queued and sending. */
export const statusChoices = ["scheduled", "sending", "paused", "completed", "partlySent", "failed", "cancelled"] as const;
export type StatusChoice = (typeof statusChoices)[number];
export const statusesOf: Readonly<Record<StatusChoice, readonly CampaignStatus[]>> = {
  scheduled: ["scheduled"],
  sending: ["queued", "sending"],
  paused: ["paused"],
  completed: ["sent"],
  partlySent: ["partially_sent"],
  failed: ["failed"],
  cancelled: ["cancelled"],
};

/** Templates that the filter offers: more would be no menu any more. */
export const mostTemplates = 100;

export type ListAddress = {
  readonly view: SavedView;
  readonly status: StatusChoice | null;
  readonly senderId: string | null;
  readonly templateId: string | null;
  readonly period: Period | null;
  /** Days of the reader's calendar, `2026-11-21`, both included; of the period `range`. */
  readonly from: string | null;
  readonly to: string | null;
  readonly search: string;
  /** Tests instead of campaigns. */
  readonly isTests: boolean;
  /** Where the page before ended. */
  readonly after: string | null;
};
export const everything: ListAddress = {
  view: "all",
  status: null,
  senderId: null,
  templateId: null,
  period: null,
  from: null,
  to: null,
  search: "",
  isTests: false,
  after: null,
};

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** Where a page ended, as the list names it: a moment, and which of that moment. The database refuses a day that no calendar has. */
function isCursor(text: string): boolean {
  const [at = "", id = "", ...more] = text.split("_");
  return more.length === 0 && moment.test(at) && isMoment(at) && uuid.test(id);
}

/** A value that nobody could have chosen is as none: an old or mistyped link still opens the list. */
export function readAddress(params: SearchParams): ListAddress {
  const text = (name: string): string | null => {
    const value = params[name];
    return (typeof value === "string" ? value : value?.[0]) ?? null;
  };
  const fitting = (name: string, fits: (value: string) => boolean): string | null => {
    const value = text(name);
    return value !== null && fits(value) ? value : null;
  };
  const among = <Choice extends string>(name: string, choices: readonly Choice[]): Choice | null =>
    choices.find((choice) => choice === text(name)) ?? null;
  return {
    view: among("view", savedViews) ?? "all",
    status: among("status", statusChoices),
    senderId: fitting("sender", (value) => uuid.test(value)),
    templateId: fitting("template", (value) => uuid.test(value)),
    period: among("period", periods),
    from: fitting("from", isDay),
    to: fitting("to", isDay),
    search: (text("q") ?? "").trim().slice(0, 200),
    isTests: text("tests") === "1",
    after: fitting("after", isCursor),
  };
}

/** The query of an address, without what is as usual; a change of the choice begins at the first page. */
export function queryOf(address: ListAddress, change: Partial<ListAddress> = {}): string {
  const next = { ...address, after: null, ...change };
  const query = new URLSearchParams();
  const set = (name: string, value: string | null): void => {
    if (value !== null && value !== "") query.set(name, value);
  };
  set("view", next.view === "all" ? null : next.view);
  set("status", next.status);
  set("sender", next.senderId);
  set("template", next.templateId);
  set("period", next.period);
  set("from", next.period === "range" ? next.from : null);
  set("to", next.period === "range" ? next.to : null);
  set("q", next.search);
  set("tests", next.isTests ? "1" : null);
  set("after", next.after);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

export const isNarrowed = ({ view, after: _, ...rest }: ListAddress): boolean =>
  queryOf({ ...everything, ...rest }) !== "" || view === "mine";

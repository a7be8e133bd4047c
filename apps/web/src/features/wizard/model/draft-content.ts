import type { LatePolicy, Schedule, SkipReason, VariableSource } from "@herald/campaign";
import { momentIn } from "./zone-moment.ts";

export const steps = ["content", "audience", "checks", "when", "review"] as const;
export type StepKey = (typeof steps)[number];

/** How many were chosen, how many of them will receive it, and why the others will not. */
export type Figures = {
  readonly matched: number;
  readonly eligible: number;
  readonly excluded: readonly { readonly reason: SkipReason; readonly count: number }[];
};
export type Seen = Figures & { readonly atMs: number };
export type AudienceChoice = {
  readonly listIds?: readonly string[] | undefined;
  readonly importBatchIds?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly contactIds?: readonly string[] | undefined;
  readonly exclude?: { readonly listIds?: readonly string[] | undefined; readonly tags?: readonly string[] | undefined } | undefined;
};
/** A chosen "at" may still lack its time. */
export type StartChoice =
  | { readonly start: "now" }
  | { readonly start: "at"; readonly at?: string | undefined }
  | { readonly start: "at"; readonly local?: string | undefined; readonly zone?: string | undefined };
export type OfferRow = { readonly label: string; readonly value: string };

/** What an operator has composed so far. As typed: half-written rows are kept here and left out of what is saved. */
export type DraftContent = {
  readonly senderId?: string | undefined;
  readonly template?: { readonly name: string; readonly language: string } | undefined;
  readonly variables?: Readonly<Record<string, VariableSource>> | undefined;
  readonly audience?: AudienceChoice | undefined;
  readonly schedule?: StartChoice | undefined;
  readonly ifLate?: LatePolicy | undefined;
  readonly expiresInHours?: number | undefined;
  readonly offer?: readonly OfferRow[] | undefined;
  /** What was counted of exactly this when it was last changed. What a person has seen of it since is kept elsewhere (seen.ts). */
  readonly seen?: Seen | undefined;
};

/** The parts that a count is about: with any of them changed, what was counted is of something else. */
export const countedParts = ["senderId", "template", "variables", "audience"] as const;

const parts = ["listIds", "importBatchIds", "tags", "contactIds"] as const;
const isEmpty = (list: readonly unknown[] | undefined): boolean => (list?.length ?? 0) === 0;

/** Whether nobody is chosen: what is only left out chooses nobody. */
export const choosesNobody = (audience: AudienceChoice | undefined): boolean => parts.every((part) => isEmpty(audience?.[part]));

/** A source that gives a value: a fixed text that is still empty does not. */
export const isFilled = (source: VariableSource | undefined): boolean =>
  source !== undefined && (source.from === "field" ? source.field !== "" : source.value.trim() !== "");

/** What can be kept: all of it but rows of the offer that are only half written. In one order, so that two of the same content are the same text. */
export function savable(content: DraftContent): DraftContent {
  const { senderId, template, variables, audience, schedule, ifLate, expiresInHours, offer, seen } = content;
  const told = (offer ?? []).filter(({ label, value }) => label.trim() !== "" && value.trim() !== "");
  return {
    ...(senderId !== undefined && { senderId }),
    ...(template !== undefined && { template }),
    ...(variables !== undefined && Object.keys(variables).length > 0 && { variables }),
    ...(audience !== undefined && { audience }),
    ...(schedule !== undefined && { schedule }),
    ...(ifLate !== undefined && { ifLate }),
    ...(expiresInHours !== undefined && { expiresInHours }),
    ...(told.length > 0 && { offer: told }),
    ...(seen !== undefined && { seen }),
  };
}

/** The parts of an audience that say something: what a door that wants to send takes. */
function chosenParts(audience: AudienceChoice): AudienceChoice {
  const { listIds, tags } = audience.exclude ?? {};
  const exclude = { ...(!isEmpty(listIds) && { listIds }), ...(!isEmpty(tags) && { tags }) };
  return {
    ...Object.fromEntries(parts.filter((part) => !isEmpty(audience[part])).map((part) => [part, audience[part]])),
    ...(Object.keys(exclude).length > 0 && { exclude }),
  };
}

/** The instant that a draft's start means; null while its time is not chosen, or is none. `nowMs` for one that starts at once. */
export function startAtMs(schedule: StartChoice | undefined, nowMs: number): number | null {
  if (schedule === undefined) return null;
  if (schedule.start === "now") return nowMs;
  if ("at" in schedule && schedule.at !== undefined) return Date.parse(schedule.at);
  const { local, zone } = schedule as { readonly local?: string; readonly zone?: string };
  return momentIn(zone ?? "", local ?? "")?.atMs ?? null;
}

/** The start as the door of a launch takes it: absent for now; null while it is not decided, or has no time. */
export function launchSchedule(schedule: StartChoice | undefined): { readonly schedule?: Schedule } | null {
  if (schedule === undefined) return null;
  const { start, ...when } = schedule;
  if (start === "now") return {};
  if ("at" in when && when.at !== undefined) return { schedule: { at: when.at } };
  return "local" in when && when.local !== undefined && when.zone !== undefined
    ? { schedule: { local: when.local, zone: when.zone } }
    : null;
}

/** The start as far as it is one: what a daily limit leaves depends on the day. Absent: now, or not decided. */
const askedSchedule = (schedule: StartChoice | undefined): { readonly schedule?: Schedule } =>
  startAtMs(schedule, 0) === null ? {} : (launchSchedule(schedule) ?? {});

export type Lack = "sender" | "template" | "variables" | "audience";
export type Question = { readonly lacks: readonly Lack[]; readonly body: PreviewBody | null };
/** What the doors of preview and checks are asked. */
export type PreviewBody = {
  readonly workspaceId: string;
  readonly senderId: string;
  readonly template: { readonly name: string; readonly language: string };
  readonly audience: AudienceChoice;
  readonly variables: Readonly<Record<string, VariableSource>>;
  readonly schedule?: Schedule;
};

/**
 * What can be asked of a draft, or what it lacks before anything can be. `samplePeople` stand in for an audience that is not chosen yet,
 * so that the message can be read with real values from the first step on.
 */
export function questionOf(
  workspaceId: string,
  content: DraftContent,
  placeholderKeys: readonly string[] | null,
  samplePeople: readonly string[] = [],
): Question {
  const { senderId, template, variables = {}, audience, schedule } = savable(content);
  const needed = placeholderKeys ?? [];
  const filled = Object.entries(variables).filter(([key, source]) => needed.includes(key) && isFilled(source));
  const lacks: Lack[] = [];
  if (senderId === undefined) lacks.push("sender");
  if (template === undefined || placeholderKeys === null) lacks.push("template");
  if (filled.length < needed.length) lacks.push("variables");
  if (choosesNobody(audience)) lacks.push("audience");
  const isReadable = lacks.length === 0 || (lacks.length === 1 && lacks[0] === "audience" && samplePeople.length > 0);
  if (!isReadable || senderId === undefined || template === undefined) return { lacks, body: null };
  const asked = audience === undefined || choosesNobody(audience) ? { contactIds: samplePeople } : chosenParts(audience);
  const body = { workspaceId, senderId, template, audience: asked, variables: Object.fromEntries(filled), ...askedSchedule(schedule) };
  return { lacks, body };
}

import type { AudienceChoice } from "./draft-content.ts";

export type PartKind = "lists" | "tags" | "imports";
/** The places in which parts are chosen, each with a search of its own; as they stand in the address. */
export const pickers = ["lists", "tags", "imports", "notLists", "notTags"] as const;
export type PickerKey = (typeof pickers)[number];
export const kindOf = {
  lists: "lists",
  tags: "tags",
  imports: "imports",
  notLists: "lists",
  notTags: "tags",
} as const satisfies Readonly<Record<PickerKey, PartKind>>;

/** A tag's name is its id. */
export type AudiencePart = { readonly id: string; readonly name: string; readonly people: number; readonly atMs: number | null };
export type PartWords = Readonly<Record<PickerKey, string>>;
/** What fits the words; `isCut`: there is more than is here. */
export type PartChoice = { readonly words: string; readonly parts: readonly AudiencePart[]; readonly isCut: boolean };
/** Of those that the saved draft names: which were looked for, and which of them are there. */
export type NamedParts = { readonly asked: readonly string[]; readonly found: readonly AudiencePart[] };
export type AudienceParts = {
  readonly choices: Readonly<Record<PickerKey, PartChoice>>;
  readonly named: Readonly<Record<PartKind, NamedParts>>;
};

/** Words as they are looked for. */
export const wantedWords = (typed: string): string => typed.slice(0, 100).trim();

/** What a choice has of what is typed, before its search was answered too. */
export function fitting({ words, parts }: PartChoice, typed: string): readonly AudiencePart[] {
  const wanted = wantedWords(typed);
  return wanted === words ? parts : parts.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
}

/** Every part that an audience names, taken away or not. */
export const namedIds = ({ listIds, tags, importBatchIds, exclude }: AudienceChoice): Readonly<Record<PartKind, readonly string[]>> => ({
  lists: [...new Set([...(listIds ?? []), ...(exclude?.listIds ?? [])])],
  tags: [...new Set([...(tags ?? []), ...(exclude?.tags ?? [])])],
  imports: [...new Set(importBatchIds)],
});

/** A part that is named: itself; `gone`: it was looked for and is not there; `unknown`: nobody has looked for it yet. */
export function partOf(
  id: string,
  { asked, found }: NamedParts,
  others: readonly (AudiencePart | undefined)[],
): AudiencePart | "gone" | "unknown" {
  const part = found.find((one) => one.id === id);
  if (part) return part;
  return asked.includes(id) ? "gone" : (others.find((one) => one?.id === id) ?? "unknown");
}

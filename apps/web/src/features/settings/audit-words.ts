import type { AuditEntry } from "@herald/identity";
import { roles } from "@herald/kernel";
import { createTranslator } from "use-intl/core";
import { messages } from "../../words/messages.ts";
import { locale } from "../../words/reader.ts";

const words = createTranslator({ locale, messages, namespace: "settings" });
const shell = createTranslator({ locale, messages, namespace: "shell" });
const country = new Intl.DisplayNames(locale, { type: "region" });
const number = new Intl.NumberFormat(locale);

type Values = Readonly<Record<string, string | number>>;
// actions are data: whether there are words for one is asked first, and an action without words is told by its own name
type Loose = { (key: string, values?: Values): string; has: (key: string) => boolean };
const say = words as unknown as Loose;

export type ActionName = { readonly action: string; readonly text: string };

/** Every action that there are words for, as a filter names it. */
export function actionNames(): readonly ActionName[] {
  return Object.entries(messages.settings.audit.names)
    .flatMap(([thing, deeds]) => Object.entries(deeds).map(([deed, text]) => ({ action: `${thing}.${deed}`, text })))
    .toSorted((one, other) => one.text.localeCompare(other.text, locale));
}

export function whoOf({ actorKind, actorEmail }: AuditEntry): string {
  if (actorKind === "user") return actorEmail ?? words("audit.who.former");
  return words(actorKind === "deployment" ? "audit.who.deployment" : "audit.who.system");
}

/** What was done, as the rest of the sentence that begins with the person. */
export function sentenceOf(entry: AuditEntry): string {
  const key = `audit.what.${entry.action}`;
  return say.has(key) ? say(key, valuesOf(entry)) : words("audit.unknown", { action: entry.action });
}

/** What somebody wrote when they did it; null when they wrote nothing. */
export function noteIn({ detail }: AuditEntry): string | null {
  const note = detail["note"];
  return typeof note === "string" && note.trim() !== "" ? note : null;
}

/** One line for each setting that was changed. */
export function changesIn({ action, detail }: AuditEntry): readonly string[] {
  if (action !== "workspace.settings_changed") return [];
  return Object.entries(detail).map(([setting, change]) => {
    const { before, after } = change as { readonly before: unknown; readonly after: unknown };
    const name = say.has(`audit.settings.${setting}`) ? say(`audit.settings.${setting}`) : setting;
    return words("audit.change", { setting: name, before: settingOf(setting, before), after: settingOf(setting, after) });
  });
}

function settingOf(setting: string, value: unknown): string {
  if (setting === "onlyAdminsSend") return words(value === true ? "values.sendAdmins" : "values.sendMembers");
  if (setting === "frequencyCapHours") return typeof value === "number" ? words("values.cap", { hours: value }) : words("values.capOff");
  if (setting === "defaultCountry") return typeof value === "string" ? (country.of(value) ?? value) : words("values.none");
  return typeof value === "number" ? number.format(value) : String(value);
}

/** Numbers that a sentence may count, so that an older entry without one still reads. */
const counts = { planned: 0, count: 0, freed: 0, added: 0, updated: 0, refused: 0, people: 0 } as const;

function valuesOf({ detail, resourceKind, resourceName }: AuditEntry): Values {
  const unnamed = `audit.unnamed.${resourceKind}`;
  const name = resourceName?.trim() || say(say.has(unnamed) ? unnamed : "audit.unnamed.other");
  const given: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(detail)) {
    if (typeof value === "number") given[key] = value;
    else if (typeof value === "string") given[key] = wordOf(value);
    else if (typeof value === "boolean") given[key] = String(value);
  }
  return { ...counts, on: "false", role: "", from: "", to: "", ...given, name };
}

/** A role is said in words; every other text stands as it is. */
function wordOf(value: string): string {
  const role = roles.find((one) => one === value);
  return role ? shell(`roles.${role}`) : value;
}

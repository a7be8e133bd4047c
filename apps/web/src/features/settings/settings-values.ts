import type { Settings, settingsBounds } from "@herald/identity";
import { z } from "zod";

export type SettingsValues = Settings;
/** Of the domain, given with the page: the browser loads no domain for three numbers. */
export type SettingsBounds = typeof settingsBounds;
type Fields = {
  readonly name: string;
  readonly country: string | null;
  readonly isCapped: boolean;
  /** As it is typed; counts while `isCapped`. */
  readonly hours: string;
  readonly max: string;
  readonly onlyAdminsSend: boolean;
};

const usualHours = 24;
const isWhole = (text: string, most: number): boolean => /^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** The form's own fields: numbers are texts until they are right. The door has the last word, with the same bounds. */
export const settingsSchema = (
  words: { readonly name: string; readonly hours: string; readonly max: string },
  bounds: SettingsBounds,
): z.ZodType<Fields, Fields> =>
  z
    .object({
      name: z.string().trim().min(1, words.name).max(bounds.nameCharacters, words.name),
      country: z.string().nullable(),
      isCapped: z.boolean(),
      hours: z.string(),
      max: z.string().refine((text) => isWhole(text, bounds.recipients), words.max),
      onlyAdminsSend: z.boolean(),
    })
    .refine(({ isCapped, hours }) => !isCapped || isWhole(hours, bounds.capHours), { path: ["hours"], message: words.hours });

export const valuesOf = ({ name, defaultCountry, frequencyCapHours, maxRecipients, onlyAdminsSend }: Settings): Fields => ({
  name,
  country: defaultCountry,
  isCapped: frequencyCapHours !== null,
  hours: String(frequencyCapHours ?? usualHours),
  max: String(maxRecipients),
  onlyAdminsSend,
});

/** Only what differs from what was loaded: what a colleague saved meanwhile is not undone. */
export function changesOf(before: Settings, { name, country, isCapped, hours, max, onlyAdminsSend }: Fields): Partial<Settings> {
  const after: Settings = {
    name: name.trim(),
    defaultCountry: country,
    frequencyCapHours: isCapped ? Number(hours) : null,
    maxRecipients: Number(max),
    onlyAdminsSend,
  };
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key as keyof Settings] !== value));
}

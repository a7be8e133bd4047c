import { z } from "zod";
import type { SettingsBounds, SettingsFields } from "./settings-values.ts";

const isWhole = (text: string, most: number): boolean => /^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** The form's own fields: numbers are texts until they are right. The door has the last word, with the same bounds. */
export const settingsSchema = (
  words: { readonly name: string; readonly hours: string; readonly max: string },
  bounds: SettingsBounds,
): z.ZodType<SettingsFields, SettingsFields> =>
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

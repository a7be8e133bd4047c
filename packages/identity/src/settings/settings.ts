import { z } from "zod";

/** What a workspace may decide; the form and the door hold to the same. The cap lasts 90 days at most. */
export const settingsBounds = { nameCharacters: 120, capHours: 2160, recipients: 1_000_000 } as const;

const SettingsInput = z.strictObject({
  name: z.string().trim().min(1).max(settingsBounds.nameCharacters),
  /** ISO 3166-1 alpha-2 of numbers that are written without a country code; null: such rows are refused. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** A person gets one marketing message in this time, over all campaigns; null: no cap. */
  frequencyCapHours: z.int().min(1).max(settingsBounds.capHours).nullable(),
  /** The most people one campaign may reach. */
  maxRecipients: z.int().min(1).max(settingsBounds.recipients),
  onlyAdminsSend: z.boolean(),
});
export type Settings = z.output<typeof SettingsInput>;
/** What is absent stays as it is: two people who change different things do not undo each other. */
export const ChangeSettingsInput = SettingsInput.partial();
export type ChangeSettings = z.output<typeof ChangeSettingsInput>;

export type SettingsChange = Partial<Readonly<Record<keyof Settings, { readonly before: unknown; readonly after: unknown }>>>;

export type SettingsPort = {
  readonly read: () => Promise<Settings>;
  /** The same, held until the transaction ends. */
  readonly hold: () => Promise<Settings>;
  /** Audit `workspace.settings_changed`, with what each was before and is now. */
  readonly write: (settings: Settings, change: SettingsChange) => Promise<void>;
};

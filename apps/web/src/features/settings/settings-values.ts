import type { Settings, settingsBounds } from "@herald/identity";

export type SettingsValues = Settings;
/** Of the domain, given with the page: the browser loads no domain for three numbers. */
export type SettingsBounds = typeof settingsBounds;
export type SettingsFields = {
  readonly name: string;
  readonly country: string | null;
  readonly isCapped: boolean;
  /** As it is typed; counts while `isCapped`. */
  readonly hours: string;
  readonly max: string;
  readonly onlyAdminsSend: boolean;
};

const usualHours = 24;

export const valuesOf = ({ name, defaultCountry, frequencyCapHours, maxRecipients, onlyAdminsSend }: Settings): SettingsFields => ({
  name,
  country: defaultCountry,
  isCapped: frequencyCapHours !== null,
  hours: String(frequencyCapHours ?? usualHours),
  max: String(maxRecipients),
  onlyAdminsSend,
});

/** Only what differs from what was loaded: what a colleague saved meanwhile is not undone. */
export function changesOf(before: Settings, { name, country, isCapped, hours, max, onlyAdminsSend }: SettingsFields): Partial<Settings> {
  const after: Settings = {
    name: name.trim(),
    defaultCountry: country,
    frequencyCapHours: isCapped ? Number(hours) : null,
    maxRecipients: Number(max),
    onlyAdminsSend,
  };
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key as keyof Settings] !== value));
}

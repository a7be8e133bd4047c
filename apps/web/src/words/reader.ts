/** The one language there is words for, written as in Britain: 24 hours, the day before the month. A second one needs a catalogue beside `en`. */
export const locale = "en-GB";

/** Written by the browser at its first visit: a server cannot know the reader's zone. */
export const zoneCookie = "herald-zone";
export const themeCookie = "herald-theme";

/** An IANA zone; UTC where the browser said none, or none that exists. */
export function zoneOf(value: string | undefined): string {
  if (value === undefined) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: decodeURIComponent(value) }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? "system";

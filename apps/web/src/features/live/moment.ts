import type { PlannedMoment } from "@herald/ui/date-time-field";

/** What the wall clock of a zone shows at an instant; nothing chosen where there is none. */
export function momentOf(at: string | null, zone: string): PlannedMoment {
  if (at === null) return { date: "", time: "", zone };
  // Swedish writes dates as ISO does
  const [date = "", time = ""] = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone })
    .format(new Date(at))
    .split(" ");
  return { date, time, zone };
}

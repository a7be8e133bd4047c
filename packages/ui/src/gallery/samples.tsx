import type { PacePoint } from "../charts/pace-chart.tsx";
import type { ComboboxOption } from "../combobox/combobox.tsx";
import type { Column } from "../data-table/columns.ts";
import { Status, type StatusKind } from "../status/status.tsx";
import type { TimelineStep } from "../timeline/timeline.tsx";

/** Words and figures for the living page only. They are made up, and always the same. */
export const LOCALE = "en-GB";
export const ZONE = "Europe/Lisbon";
export const NOW_MS = Date.UTC(2026, 10, 21, 14, 21, 7);

export const STATUSES: readonly { readonly kind: StatusKind; readonly word: string; readonly reason?: string }[] = [
  { kind: "draft", word: "Draft" },
  { kind: "scheduled", word: "Scheduled", reason: "today at 18:00" },
  { kind: "sending", word: "Sending" },
  { kind: "paused", word: "Paused", reason: "by Ana, 12 min ago: “wrong link”" },
  { kind: "stalled", word: "Stalled", reason: "no worker answers" },
  { kind: "completed", word: "Completed" },
  { kind: "partlySent", word: "Partly sent", reason: "412 were left at the deadline" },
  { kind: "failed", word: "Failed", reason: "the template was refused" },
  { kind: "cancelled", word: "Cancelled" },
];

export interface Person {
  readonly key: string;
  readonly name: string;
  readonly number: string;
  readonly kind: StatusKind;
  readonly word: string;
  readonly reason: string;
  readonly when: string;
}

const NAMES = [
  "Inês Duarte",
  "Mateo Rojas",
  "Aisha Khan",
  "Jonas Weber",
  "Chiara Conti",
  "Noor el-Amin",
  "Tomás Silva",
  "Mei Tanaka",
  "Lucía Vega",
  "Olu Adeyemi",
];
const ENDS = [
  { kind: "completed", word: "Read", reason: "" },
  { kind: "completed", word: "Delivered", reason: "" },
  { kind: "sending", word: "In flight", reason: "asked 2 s ago" },
  { kind: "failed", word: "Failed", reason: "131026: not reachable on WhatsApp" },
  { kind: "scheduled", word: "Later", reason: "131049: weekly cap, retried tomorrow 10:14" },
] as const;

export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const end = ENDS[(index * 7) % ENDS.length] ?? ENDS[0];
    return {
      key: String(index),
      name: NAMES[index % NAMES.length] ?? "",
      number: `+351 912 ${String(100 + (index % 900))} ${String(100 + ((index * 37) % 900))}`,
      when: `14:${String(5 + (index % 50)).padStart(2, "0")}:${String((index * 13) % 60).padStart(2, "0")}`,
      ...end,
    };
  });
}

export const PERSON_COLUMNS: readonly Column<Person>[] = [
  { key: "name", header: "Person", cell: (person) => person.name, width: "minmax(8rem, 1.4fr)", sorted: "ascending" },
  { key: "number", header: "Phone", cell: (person) => person.number, width: "10rem", isWideOnly: true },
  { key: "state", header: "State", cell: (person) => <Status kind={person.kind} word={person.word} look="plain" />, width: "6.5rem" },
  { key: "reason", header: "Reason", cell: (person) => person.reason, width: "minmax(8rem, 2fr)", isWideOnly: true },
  { key: "when", header: "When", cell: (person) => person.when, width: "4.5rem", align: "end", sorted: "none" },
];

export const PACE: readonly PacePoint[] = Array.from({ length: 46 }, (_, index) => {
  const isPaused = index > 17 && index < 23;
  const ramp = index < 6 ? index / 6 : index > 22 && index < 26 ? (index - 22) / 4 : 1;
  return {
    atMs: NOW_MS - (45 - index) * 20_000,
    perSecond: isPaused ? 0 : ramp * (76.5 + 2.4 * Math.sin(index * 1.7) + 1.1 * Math.cos(index * 0.6)),
  };
});
export const PAUSES = [{ fromMs: NOW_MS - 27 * 20_000, toMs: NOW_MS - 23 * 20_000, text: "paused" }];

export const TEMPLATES: readonly ComboboxOption[] = [
  { value: "spring_sale", text: "spring_sale", detail: "Marketing · en_US · quality high" },
  { value: "order_update", text: "order_update", detail: "Utility · en_US, pt_PT" },
  { value: "welcome_back", text: "welcome_back", detail: "Marketing · es_MX" },
];

export const ZONES = [
  { value: "Europe/Lisbon", text: "Lisbon (UTC+0)" },
  { value: "America/Mexico_City", text: "Mexico City (UTC−6)" },
  { value: "Asia/Dubai", text: "Dubai (UTC+4)" },
];

export const REQUEST = { value: "req_01jd8m2q7x4c9v", label: "Request", copyLabel: "Copy", copiedLabel: "Copied" } as const;

export const STORY: readonly TimelineStep[] = [
  { key: "list", day: "3 Mar 2026", time: "09:12", title: "In VIPs, from the import vip.csv, row 18" },
  { key: "asked", day: "21 Nov 2026", time: "14:07:31.219", title: "Asked Meta", tone: "info" },
  { key: "answer", day: "21 Nov 2026", time: "14:07:31.377", title: "Meta accepted it", detail: "after 158 ms", tone: "ok" },
  {
    key: "failed",
    day: "21 Nov 2026",
    time: "14:07:33",
    title: "Meta says: not delivered",
    detail: "131049 Too many marketing messages lately",
    tone: "bad",
  },
  { key: "due", day: "22 Nov 2026", time: "14:07", title: "Tried again", tone: "scheduled", isAhead: true },
];
